"""The leads of the demo world: each pair has its own, and they end as leads do."""

from __future__ import annotations

from goodword.ops.demo.pair import DemoLead, Report
from goodword.relationships.steps import Role

A, B = Role.PROPOSER, Role.INVITED

RUTH_AND_MEI_LIN = [
    DemoLead(
        183,
        A,
        "Sold the bakery to his nephew, and has never had this much money in one place.",
        "Mr Aldous Finch",
        "0161 496 0190",
        taken=182,
        reports=(
            Report(176, "spoke", "We had an hour, and he brought the biscuits."),
            Report(141, "client", "He has moved all of it, and sleeps better.", thanks=True),
        ),
    ),
    DemoLead(
        160,
        B,
        "Two daughters, one house, no will; she said she’d been meaning to ask somebody for years.",
        "Mrs Whitlock",
        "0161 496 0118",
        taken=160,
        reports=(
            Report(155, "meeting", "Tuesday week, with both daughters."),
            Report(120, "client", "Signed. The younger one drove.", True),
        ),
    ),
    DemoLead(
        96,
        A,
        "Has four pensions and a wife who asks about them.",
        "Colin Baird",
        "0161 496 0133",
        taken=94,
        reports=(Report(88, "no_answer", "Three tries. I’ll leave him be until spring."),),
    ),
    DemoLead(
        52,
        B,
        "Wants to hand the garage over to his foreman, and has nothing on paper.",
        "Ted Lindqvist",
        "0161 496 0126",
        taken=51,
        reports=(Report(44, "proposal", "He has our letter, and is thinking."),),
    ),
    DemoLead(
        9,
        B,
        "Her husband died in August and the house is in his name. She would like it to be simple.",
        "Mrs Sorrell",
        "0161 496 0177",
        taken=8,
    ),
    DemoLead(3, B, "Moving in with her mother, and would rather be asked first.", route="ask"),
    DemoLead(
        20,
        A,
        "Has just taken on his third lorry and keeps his pension in a drawer.",
        "Mr Farrar",
        "0161 496 0100",
        taken=19,
        reports=(Report(12, "meeting", "We meet on Thursday."),),
    ),
]

RUTH_AND_HUW = [
    DemoLead(
        74,
        A,
        "Buying the old chapel in Mellor, and in love with it.",
        "Jo and Sam Ridley",
        "0161 496 0151",
        taken=73,
        reports=(Report(66, "client", "Bought it, with their eyes open.", thanks=True),),
    ),
    DemoLead(
        58,
        B,
        "The survey was fine. The deeds were not: a garden that belongs to nobody.",
        "Dr Okafor",
        "0161 496 0159",
        taken=57,
        reports=(Report(50, "client", "The garden is theirs now."),),
    ),
    DemoLead(
        30,
        A,
        "Wants a valuation for the family, nothing more.",
        "Miss Tern",
        "0161 496 0104",
        back=("too_far", "She is in Buxton: an hour each way for me."),
    ),
    DemoLead(
        6,
        A,
        "An offer accepted on a farmhouse in Werneth; the loft has never been opened.",
        "Nadia Rahman",
        "0161 496 0109",
        taken=5,
    ),
]

RUTH_AND_HELEN = [
    DemoLead(
        112,
        B,
        "Selling after forty years, and the deeds are in a biscuit tin.",
        "Mr and Mrs Crowe",
        "0161 496 0138",
        taken=111,
        reports=(Report(104, "client", "The tin is empty, and they are in Whaley Bridge.", thanks=True),),
    ),
    DemoLead(41, A, "Three bedrooms too many since the twins left.", "Margaret Hollis", "0161 496 0146", taken=39),
]

TOM_AND_MARCUS = [
    DemoLead(
        88,
        A,
        "Wants an island with sockets in it, and has a fuse box from 1974.",
        "The Brennans",
        "0161 496 0163",
        taken=88,
        reports=(Report(81, "client", "Rewired, and they kept the old box as a souvenir.", thanks=True),),
    ),
    DemoLead(
        61,
        B,
        "Rewiring downstairs, so the kitchen is out anyway.",
        "Alice Thorpe",
        "0161 496 0172",
        taken=60,
        reports=(Report(47, "proposal", "She has the drawing. She likes the window seat."),),
    ),
    DemoLead(
        33,
        B,
        "A landlord with six kitchens from the same skip.",
        "Graham Pell",
        "0161 496 0181",
        taken=32,
        reports=(Report(25, "not_a_fit", "He wants them by Friday and for nothing."),),
    ),
    DemoLead(
        4, A, "Knocking through to the dining room in January.", "Yusuf and Leila Demir", "0161 496 0185", taken=3
    ),
]
