"""Katakana names of places in Latin letters: Hepburn without marks for long vowels, as on road signs."""

_PAIRS = {
    "キャ": "kya", "キュ": "kyu", "キョ": "kyo", "シャ": "sha", "シュ": "shu", "ショ": "sho",
    "チャ": "cha", "チュ": "chu", "チョ": "cho", "ニャ": "nya", "ニュ": "nyu", "ニョ": "nyo",
    "ヒャ": "hya", "ヒュ": "hyu", "ヒョ": "hyo", "ミャ": "mya", "ミュ": "myu", "ミョ": "myo",
    "リャ": "rya", "リュ": "ryu", "リョ": "ryo", "ギャ": "gya", "ギュ": "gyu", "ギョ": "gyo",
    "ジャ": "ja", "ジュ": "ju", "ジョ": "jo", "ビャ": "bya", "ビュ": "byu", "ビョ": "byo",
    "ピャ": "pya", "ピュ": "pyu", "ピョ": "pyo", "ティ": "ti", "ファ": "fa", "フィ": "fi", "ウィ": "wi",
}  # fmt: skip
_SINGLE = {
    "ア": "a", "イ": "i", "ウ": "u", "エ": "e", "オ": "o", "カ": "ka", "キ": "ki", "ク": "ku", "ケ": "ke", "コ": "ko",
    "サ": "sa", "シ": "shi", "ス": "su", "セ": "se", "ソ": "so", "タ": "ta", "チ": "chi", "ツ": "tsu", "テ": "te",
    "ト": "to", "ナ": "na", "ニ": "ni", "ヌ": "nu", "ネ": "ne", "ノ": "no", "ハ": "ha", "ヒ": "hi", "フ": "fu",
    "ヘ": "he", "ホ": "ho", "マ": "ma", "ミ": "mi", "ム": "mu", "メ": "me", "モ": "mo", "ヤ": "ya", "ユ": "yu",
    "ヨ": "yo", "ラ": "ra", "リ": "ri", "ル": "ru", "レ": "re", "ロ": "ro", "ワ": "wa", "ヲ": "o", "ン": "n",
    "ガ": "ga", "ギ": "gi", "グ": "gu", "ゲ": "ge", "ゴ": "go", "ザ": "za", "ジ": "ji", "ズ": "zu", "ゼ": "ze",
    "ゾ": "zo", "ダ": "da", "ヂ": "ji", "ヅ": "zu", "デ": "de", "ド": "do", "バ": "ba", "ビ": "bi", "ブ": "bu",
    "ベ": "be", "ボ": "bo", "パ": "pa", "ピ": "pi", "プ": "pu", "ペ": "pe", "ポ": "po",
}  # fmt: skip


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
