"""Words for peoples, faiths and political camps: what names call NORP."""

from __future__ import annotations

import re
from functools import cache

from apps.claims.analysis.lexicon import read_forms, read_rows

# Besides the nationalities that the product's own list has by country.
_PEOPLES = (
    "Afro Arab Arabian Asian African European American Briton British English Englishman "
    "Englishmen Englishwoman Scot Scottish Welsh Irish Irishman Irishmen Frenchman Frenchmen Dane "
    "Finn Swede Pole Spaniard Turk Turkmen Kurd Kurdish Serb Croat Slovak Bosniak Kosovar Catalan "
    "Basque Breton Flemish Walloon Bavarian Prussian Sicilian Venetian Roman Byzantine Ottoman "
    "Persian Babylonian Assyrian Phoenician Norman Saxon Viking Mongol Mughal Tatar Cossack Chechen "
    "Kazakh Uzbek Tajik Kyrgyz Uyghur Tibetan Siberian Kashmiri Punjabi Bengali Tamil Sinhalese "
    "Pashtun Hazara Baloch Rohingya Karen Maori Māori Aboriginal Aborigine Polynesian Melanesian "
    "Hawaiian Alaskan Californian Texan Floridian Virginian Londoner Parisian Berliner Quebecois "
    "Inuit Cherokee Navajo Sioux Apache Mohawk Aztec Mayan Inca Hutu Tutsi Zulu Xhosa Yoruba Igbo "
    "Hausa Berber Bedouin Somali Soviet Latino Latina Hispanic Caribbean Nordic Scandinavian Slavic "
    "Balkan Balkans Caucasian Saudi Palestinian Emirati Israeli Korean"
)
_FAITHS = (
    "Christian Catholic Protestant Orthodox Lutheran Calvinist Anglican Episcopalian Methodist "
    "Presbyterian Baptist Evangelical Pentecostal Mormon Quaker Jesuit Franciscan Dominican Puritan "
    "Amish Muslim Islamic Islamist Sunni Shia Shiite Shi'ite Sufi Alawite Druze Yazidi Ahmadi Jewish "
    "Jew Zionist Hindu Sikh Jain Buddhist Taoist Confucian Zoroastrian"
)
_CAMPS = (
    "Democrat Democratic Republican Libertarian Communist Socialist Marxist Leninist Maoist Trotskyist "
    "Bolshevik Nazi Fascist Tory Tories Whig Federalist Confederate Unionist Peronist Baathist GOP"
)
# Written with a capital for other reasons too often.
_UNSURE = frozenset({"Orthodox", "Roma", "Karen", "Conservative", "Liberal", "Green", "Afro"})
_LEADS = frozenset(
    "North South East West Central Latin Middle Native Pacific New Sub Anglo Afro Puerto Costa Sri "
    "Northern Southern Eastern Western Black".split()
)
_PARTS = re.compile(r"[\s\-–]+")
_ENDS = {"Lankan", "Lankans", "Rican", "Ricans", "Zealander", "Zealanders", "Eastern"}


@cache
def read_demonyms() -> frozenset[str]:
    """Return single words, written with a capital, in singular and plural."""
    words = set((_PEOPLES + " " + _FAITHS + " " + _CAMPS).split())
    for row in read_rows("demonyms"):
        words |= {form.capitalize() for form in read_forms(row[1]) if " " not in form}
    plural = {word + "s" for word in words if not word.endswith(("s", "sh", "ch", "ese", "men"))}
    return frozenset((words | plural) - _UNSURE)


def is_demonym(text: str) -> bool:
    """Matches "Danish", "Danes", "South Korean", "African-American"; not "Denmark"."""
    demonyms = read_demonyms()
    if text in demonyms:
        return True
    parts = _PARTS.split(text)
    return (
        len(parts) == 2
        and (parts[0] in _LEADS or parts[0] in demonyms)
        and (parts[1] in demonyms or parts[1] in _ENDS)
    )
