"""Katakana names of places in Latin letters: Hepburn without marks for long vowels, as on road signs."""

_PAIRS = {
    "キャ": "kya", "キュ": "kyu", "キョ": "kyo", "シャ": "sha", "シュ": "shu", "ショ": "sho",
    "チャ": "cha", "チュ": "chu", "チョ": "cho", "ニャ": "nya", "ニュ": "nyu", "ニョ": "nyo",
    "ヒャ": "hya", "ヒュ": "hyu", "ヒョ": "hyo", "ミャ": "mya", "ミュ": "myu", "ミョ": "myo",
    "リャ": "rya", "リュ": "ryu", "リョ": "ryo", "ギャ": "gya", "ギュ": "gyu", "ギョ": "gyo",
    "ジャ": "ja", "ジュ": "ju", "ジョ": "jo", "ビャ": "bya", "ビュ": "byu", "ビョ": "byo",
    "ピャ": "pya", "ピュ": "pyu", "ピョ": "pyo", "ティ": "ti", "ファ": "fa", "フィ": "fi", "ウィ": "wi",
}  # fmt: skip
_SINGLE = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
        (
            "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo "
            "ya yu yo ra ri ru re ro wa o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe "
            "po bu"
        ).split(),
        strict=True,
    )
)


def romanized(kana: str) -> str:
    """Return a name in Latin letters, its first letter a capital."""
    letters, index, doubled, long = "", 0, False, False
    while index < len(kana):
        pair, single = kana[index : index + 2], kana[index]
        if single in "ッー":
            doubled, index = doubled or single == "ッ", index + 1
            continue
        sound = _PAIRS.get(pair) or _SINGLE[single]
        letters += ("t" if sound.startswith("ch") else sound[0]) if doubled else ""
        # A vowel is made long once; a second one begins a new word: Suo-Oshima.
        following = kana[index + (2 if pair in _PAIRS else 1) :]
        long = not long and _only_lengthens(letters, sound, following)
        letters += "" if long else sound
        index, doubled = index + (2 if pair in _PAIRS else 1), False
    return letters.capitalize()


def _only_lengthens(letters: str, sound: str, following: str) -> bool:
    """Tell whether a sound makes the vowel before it long: ou, oo, and uu unless it begins a bay (ura)."""
    if sound == "u":
        return letters.endswith("o") or (letters.endswith("u") and not following.startswith("ラ"))
    return sound == "o" and letters.endswith("o")
