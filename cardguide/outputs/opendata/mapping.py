"""How our fields correspond to those of the Digital Agency and of schema.org."""

from cardguide.artifacts import Artifact
from cardguide.outputs.opendata.jsonfiles import create_json

# Our field, the column of DS-451-4 or DS-451-7, the term of schema.org; empty where there is none.
PROCEDURE = (
    ("procedures.id", "制度番号", "identifier"),
    ("procedures.name", "タイトル(制度名)", "name"),
    ("procedures.summary", "概要", "description"),
    ("procedures.who", "対象者", "audience"),
    ("procedures.deadline", "内容", ""),
    ("procedures.notes", "内容", ""),
    ("procedures.documents", "手続書類", ""),
    ("procedures.legal_basis", "根拠法令", ""),
    ("procedures.office_kind", "申請届出方法", "availableChannel"),
    ("procedures.url", "詳細URL", "url"),
    ("procedures.verified_on", "最終更新日", "dateModified"),
    ("terms.isa", "制度所管組織", "serviceOperator"),
    ("contacts.isa.ask", "連絡先情報", "servicePhone"),
)
OFFICE = (
    ("offices.id", "ID", "identifier"),
    ("offices.kind", "種別情報", "@type"),
    ("offices.name", "名称", "name"),
    ("offices.prefectures", "サービス担当区域のコード", "areaServed"),
)


def create_mapping() -> Artifact:
    """Return ``mapping.json``."""
    return create_json(
        "data/v1/mapping.json",
        {
            "schema_org": "https://schema.org/",
            "GovernmentService (DS-451-4)": [_row(*each) for each in PROCEDURE],
            "GovernmentOffice (DS-451-7)": [_row(*each) for each in OFFICE],
        },
    )


def _row(field: str, gif: str, schema_org: str) -> dict[str, str]:
    return {"field": field, "gif": gif, "schema_org": schema_org}
