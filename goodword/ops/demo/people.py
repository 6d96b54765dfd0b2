"""Who lives in the demo world: what each of them does, in words they would say themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

from goodword.ops.story import Voice

DOMAIN = "demo.goodword.example"


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of the demo world. `story` is a title and what happened, for others to tell."""

    name: str
    business: str
    trade: str
    town: str
    voice: Voice = field(default_factory=Voice)
    hopes: str = ""
    story: tuple[str, str] = ("", "")

    @property
    def first_name(self) -> str:
        """What people call them."""
        return self.name.split(" ")[0]

    @property
    def address(self) -> str:
        """Their address, under a domain that belongs to nobody."""
        return f"{self.first_name.lower()}@{DOMAIN}"


RUTH = Somebody(
    "Ruth Adeyemi",
    "Adeyemi & Lowe",
    "Solicitors",
    "Stockport",
    Voice(
        does="Wills, houses and family businesses, in plain words.",
        whom="Families who have just bought a house, and owners over fifty with somebody to hand over to.",
        why="We ring first and write second, and the price is said before anything is signed.",
        when="Somebody says the house is still in one name.",
        place="Adeyemi & Lowe, 12 Lower Hillgate, Stockport",
        words=("I know somebody who rings you before she writes to you.",),
        question="If something happened tomorrow, who could sign for the business?",
        reach="0161 496 0112, any weekday before ten. I ring back the same day.",
    ),
    hopes="To know a few people so well that I can send anybody to them without a second thought.",
    story=(
        "The bakery in two names",
        "Two brothers had run a bakery for thirty years and had never written down who owned the ovens. Four letters"
        " and one afternoon later they had, and they still have Sunday lunch together.",
    ),
)
TOM = Somebody(
    "Tom Hale",
    "Hale Kitchens",
    "Kitchens",
    "Marple",
    Voice(
        does="Kitchens fitted from start to finish by the same two people.",
        whom="Couples and families who own their house and mean to stay in it.",
        why="One price that doesn’t move, and we stay until the kettle has boiled.",
        when="They have exchanged contracts.",
        place="The workshop, 4 Brabyns Brow, Marple",
        words=("I know somebody who doesn’t leave until you’ve made a pot of tea in it.",),
        question="What would you do first if the kitchen were yours to draw?",
        reach="0161 496 0143. Mornings on site, so leave a message and I ring at four.",
    ),
    hopes="People who send me the sort of job they would want done at home.",
    story=(
        "The kitchen before the baby",
        "Twelve days before she was due the old units were still in. We finished on day ten, and the first thing made"
        " in it was a bottle.",
    ),
)
MEI_LIN = Somebody(
    "Mei-Lin Carter",
    "Carter Financial Planning",
    "Financial planning",
    "Bramhall",
    Voice(
        does="Pensions and savings for people who run something of their own.",
        whom="Owners within ten years of stopping, and couples where one has always done the money.",
        why="I draw it on one sheet of paper, and they take the sheet home.",
        when="Somebody says they have four pensions and don’t know where one of them is.",
        place="Carter Financial Planning, 3 Ack Lane, Bramhall",
        words=("She drew mine on one sheet of paper, and for the first time I understood it.",),
        question="Do you know what month you could stop in?",
        reach="0161 496 0177, or mei-lin@demo.goodword.example. Wednesdays are best.",
    ),
    hopes="A solicitor I can ring while the client is still in the room.",
    story=(
        "Four pensions and a drawer",
        "He kept the letters in a drawer and was afraid of it. We opened it together. He stopped work two years"
        " sooner than he had thought he could.",
    ),
)
HUW = Somebody(
    "Huw Parry",
    "Parry Surveyors",
    "Surveyors",
    "Romiley",
    Voice(
        does="Surveys of houses older than anybody in them.",
        whom="Buyers of anything built before 1930.",
        why="I ring from the roof, before the report, and say whether I would buy it.",
        when="They have had an offer accepted on an old house.",
        place="The Duke of York, Romiley",
        words=("He rings you from the roof and says whether he would buy it.",),
        question="Has anybody been in the loft?",
        reach="0161 496 0155. I pick up unless I’m on a ladder.",
    ),
    hopes="Buyers who are told early, by somebody they trust, that a survey is worth having.",
    story=(
        "The chimney on Compstall Road",
        "I told them the chimney would be down by spring. It was. They rang to say thank you.",
    ),
)
MARCUS = Somebody(
    "Marcus Bell",
    "Bell Electrical",
    "Electricians",
    "Offerton",
    Voice(
        does="Rewires, landlords’ certificates, and lights you can find in the dark.",
        whom="Landlords with three houses or more, and anybody opening up a wall.",
        why="We send a photograph of every hidden cable before the plaster goes on.",
        when="They are about to knock two rooms into one.",
        place="Bell Electrical, Unit 6, Bankfield Works, Offerton",
        words=("He photographs every wire before it disappears behind the plaster.",),
        question="When was the fuse box last looked at?",
        reach="0161 496 0168, seven till seven.",
    ),
    hopes="Builders and lawyers who think of the wiring before the wallpaper.",
    story=(
        "The hum in the nursery",
        "Two firms had said it was nothing. It was a screw through a cable, six inches from the cot.",
    ),
)
HELEN = Somebody(
    "Helen Garside",
    "Garside Estates",
    "Estate agency",
    "Romiley",
    Voice(
        does="Selling family houses, usually to the next family.",
        whom="People whose children have left and whose stairs have grown longer.",
        why="I show every house myself, and I say what is wrong with it.",
        when="Somebody says they only use two of the rooms.",
        place="Garside Estates, 9 Compstall Road, Romiley",
        words=("She tells buyers what’s wrong with a house, so they believe what’s right with it.",),
        question="Which room would you miss?",
        reach="0161 496 0121. Ask for me by name.",
    ),
    hopes="People who look after my sellers as I would.",
)
PRIYA = Somebody(
    "Priya Nair",
    "Nair & Co",
    "Accountants",
    "Cheadle",
    Voice(
        does="Accounts for people who would rather be doing their work.",
        whom="Firms of two to twenty whose books are kept in the evenings.",
        why="One figure a month, by telephone, before the tenth.",
        when="They say January and make a face.",
        place="Nair & Co, 40 High Street, Cheadle",
        words=("She rings with one number a month, and it’s always the one you needed.",),
    ),
)
DANIEL = Somebody(
    "Daniel Brandt",
    "Brandt Lettings",
    "Lettings",
    "Stockport",
    Voice(
        does="Letting and looking after some ninety houses.",
        whom="Landlords who live elsewhere.",
        why="Tenants have my own number, and use it.",
        when="They inherit a house they don’t want to sell.",
        place="Brandt Lettings, 71 Wellington Road South, Stockport",
        words=("His tenants stay for years, which says most of it.",),
    ),
)
CELIA = Somebody(
    "Celia Marchetti",
    "Marchetti Tiles",
    "Tiles",
    "Bredbury",
    Voice(
        does="Tiles chosen in daylight, in your own room.",
        whom="People who have redone one bathroom and regretted it.",
        why="I bring the tiles to them, and take back what they don’t like.",
        when="They are asking for a third sample.",
        place="Marchetti Tiles, Bredbury Park Way",
        words=("She carries the tiles to your house, because the light is yours.",),
    ),
)
INGRID = Somebody("Ingrid Solheim", "Solheim Interiors", "Interiors", "Hazel Grove")
OLIVER = Somebody("Oliver Stanton", "Stanton Removals", "Removals", "Stockport")
PATRICK = Somebody("Patrick Nolan", "Nolan Roofing", "Roofing", "Stockport")
KAREN = Somebody("Karen Dodd", "Dodd Gardens", "Gardens", "Marple")
JOANNA = Somebody("Joanna Pike", "Pike Joinery", "Joinery", "Hyde")
BEN = Somebody("Ben Whittle", "Whittle Plastering", "Plastering", "Marple")
AMARA = Somebody(
    "Amara Okoye",
    "Okoye Courses",
    "Courses",
    "Manchester",
    Voice(
        does="Evening courses for people who sell what they do themselves.",
        whom="Owners in their first three years.",
        why="Twelve people, six evenings, and everybody brings a real client.",
        when="They say they are good at the work and bad at talking about it.",
        place="Okoye Courses, Ancoats",
        words=("Six evenings, and you come out able to say what you do.",),
    ),
)
ZOFIA = Somebody(
    "Zofia Nowak",
    "Nowak Translations",
    "Translation",
    "Manchester",
    Voice(
        does="Contracts from and into Polish and German, sworn where a court wants it.",
        whom="Law firms and makers of machines.",
        why="Two translators read every page.",
        when="A contract arrives that nobody in the office can read.",
        place="The Portico Library, Manchester",
        words=("Two people read every page, and one of them was a judge’s clerk.",),
    ),
)
LEWIS = Somebody("Lewis Lowe", "Adeyemi & Lowe", "Solicitors", "Stockport")
JESS = Somebody("Jess Hale", "Hale Kitchens", "Kitchens", "Marple")


def everybody() -> list[Somebody]:
    """Return everybody who can sign in."""
    partners = [MEI_LIN, HUW, MARCUS, HELEN, PRIYA, DANIEL, CELIA, INGRID, OLIVER, PATRICK, KAREN]
    return [RUTH, TOM, LEWIS, JESS, *partners, AMARA, ZOFIA]
