"""Currencies by their codes, and how many decimals an amount of one has (ISO 4217)."""

from __future__ import annotations

from decimal import Decimal

from goodword.ui import languages

_ALL = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR
MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF
XPF YER ZAR ZMW ZWG
"""
_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_WITH_THREE = "BHD IQD JOD KWD LYD OMR TND"
CODES = tuple(_ALL.split())
_PLACES = dict.fromkeys(_WITHOUT_DECIMALS.split(), 0) | dict.fromkeys(_WITH_THREE.split(), 3)


def places(code: str) -> int:
    """Return how many decimals an amount in this currency has."""
    return _PLACES.get(code, 2)


def fits(amount: Decimal, code: str) -> bool:
    """Whether an amount has no more decimals than its currency."""
    return amount == amount.quantize(Decimal(1).scaleb(-places(code)))


def amount_words(amount: Decimal, code: str) -> str:
    """Return an amount with the decimals of its currency, and its code: 1250.50 EUR, 1250 JPY, 1250.505 KWD."""
    return languages.money(amount, code, places(code))
