"""The tables of the Digital Agency's Government Interoperability Framework, and the facility list of municipalities.

Their columns have Japanese names and hold the words of the default locale. A column for which nothing was checked stays
empty: addresses, telephone numbers and hours of offices are never guessed.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cardguide.views import published
from cardguide.views.municipalities import Municipality, with_check_digit
from cardguide.views.opendata import Publication
from cardguide.views.tables import LIST_SEPARATOR, Column, Table, cell

Reader = Callable[[Any], object]
IMMIGRATION_OFFICE = "1208"
TITLE_LIMIT, SUMMARY_LIMIT, CONTENT_LIMIT = 40, 100, 500


def create_gif_tables(
    publication: Publication,
    procedures: Sequence[published.PublishedProcedure],
    offices: Sequence[published.PublishedOffice],
    municipalities: Sequence[Municipality],
) -> Iterator[Table]:
    """Yield the services (DS-451-4), the counters (DS-451-7) and the facility list."""
    words = _Words(publication)
    yield _table(publication, "gif_services", procedures, words.service_columns(), key="制度番号")
    yield _table(publication, "gif_counters", offices, words.counter_columns(), key="ID")
    windows = [each for each in municipalities if each.window]
    yield _table(publication, "facilities", windows, words.facility_columns(municipalities), key="ID")


def _table(
    publication: Publication, name: str, records: Sequence[object], columns: dict[str, Reader], *, key: str
) -> Table:
    title = publication.label(f"table-{name.replace('_', '-')}")
    return Table(
        name=name,
        title=title,
        columns=tuple(
            Column(name=column, title=dict.fromkeys(publication.locales, column), kind="text")
            for column in columns
        ),
        rows=tuple(tuple(cell(read(record)) for read in columns.values()) for record in records),
        key=(key,),
    )


class _Words:
    """Reads records in the default locale."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.presenter = publication.presenters[0]
        self.tag = self.presenter.locale.tag
        self.kinds = publication.dataset.kinds

    def joined(self, statements: Sequence[published.PublishedStatement]) -> str:
        return "".join(each.text[self.tag] for each in statements)

    def authority(self, _: object) -> str:
        return self.presenter.words(self.publication.dataset.terms["isa"].text)

    def counter(self, procedure: published.PublishedProcedure) -> str:
        return self.presenter.words(self.kinds[procedure.office_kind].name)

    def contact(self, _: object) -> str:
        return str(self.presenter.text(self.publication.dataset.contacts["isa"].ask))

    def content(self, procedure: published.PublishedProcedure) -> str:
        fields = (procedure.who, procedure.deadline, procedure.notes)
        return procedure.summary.text[self.tag] + "".join(self.joined(each) for each in fields)

    def service_columns(self) -> dict[str, Reader]:
        """Return the columns of DS-451-4 that can be filled, and those that it requires."""
        return {
            "制度番号": lambda each: each.id,
            "元制度番号": lambda _: "",
            "制度変更区分": lambda _: "",
            "制度所管組織": self.authority,
            "タイトル(制度名)": lambda each: each.name[self.tag],
            "概要": lambda each: each.summary.text[self.tag],
            "内容": self.content,
            "根拠法令": lambda each: self.joined(each.legal_basis),
            "地域": lambda _: "",
            "対象者": lambda each: self.joined(each.who),
            "申請届出方法": self.counter,
            "手続書類": lambda each: self.joined(each.documents),
            "電子申請の有無": lambda _: "",
            "連絡先情報": self.contact,
            "詳細URL": lambda each: each.url[self.tag],
            "実施組織": self.counter,
            "公開開始日": lambda _: "",
            "公開終了日": lambda _: "",
            "最終更新日": lambda each: each.verified_on,
        }

    def counter_columns(self) -> dict[str, Reader]:
        """Return the columns of DS-451-7: an office, what it is, and the areas that it looks after."""
        region = str(self.presenter.value("url-isa-region", "plain"))
        other = next((tag for tag in self.publication.locales if tag != self.tag), self.tag)
        return {
            "ID": lambda each: each.id,
            "種別情報": lambda _: IMMIGRATION_OFFICE,
            "名称": lambda each: each.name[self.tag],
            "名称(カナ)": lambda _: "",
            "名称(英字)": lambda each: each.name[other],
            "施設住所": lambda _: "",
            "利用可能曜日": lambda _: "",
            "開始時刻": lambda _: "",
            "終了時刻": lambda _: "",
            "利用可能日時説明": lambda _: "",
            "サービス担当区域のコード": lambda each: LIST_SEPARATOR.join(
                with_check_digit(f"{code}000") for code in each.prefectures
            ),
            "連絡先": lambda _: region,
        }

    def facility_columns(self, municipalities: Sequence[Municipality]) -> dict[str, Reader]:
        """Return the columns of the standard facility list; what was not checked stays empty."""
        by_code = {each.code: each for each in municipalities}
        prefectures = {each.prefecture: each.name for each in municipalities if each.kind == "prefecture"}

        def whole_name(each: Municipality) -> str:
            parent = by_code[each.parent].name if each.parent else ""
            return f"{prefectures[each.prefecture]}{parent}{each.name}"

        note = self.presenter.label("facility-note")
        return {
            "全国地方公共団体コード": lambda each: each.code,
            "ID": lambda each: each.code,
            "地方公共団体名": whole_name,
            "名称": lambda each: each.name,
            "名称_カナ": lambda each: each.name_kana,
            "名称_英語": lambda each: each.name_latin,
            "所在地": lambda _: "",
            "緯度": lambda _: "",
            "経度": lambda _: "",
            "電話番号": lambda _: "",
            "利用可能曜日": lambda _: "",
            "開始時間": lambda _: "",
            "終了時間": lambda _: "",
            "URL": lambda _: "",
            "備考": lambda _: note,
        }
