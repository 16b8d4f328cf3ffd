"""Why a paper cannot be read: a stable code for programs, a Chinese sentence for people."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802  (the keyword that Babel looks for)
    """Mark a string for translation without translating it here (Babel's keyword)."""
    return text


MESSAGES = {
    "wrong_type": N_(
        "不支持这种文件。请上传 .docx、.doc、.wps、.xlsx、.xls、.et、.html、.txt 或 .md 格式的文稿。"
    ),
    "corrupt": N_("文件已损坏，无法打开。请用 Word 或 WPS 重新另存为 .docx 后再上传。"),
    "bomb": N_("文件解压后过大或结构异常，为安全起见已停止读取。请另存为普通 .docx 后再上传。"),
    "entity": N_("文件中含有文档类型声明或外部实体，为安全起见不予读取。请用 Word 重新另存后再上传。"),
    "empty": N_("文件是空的，没有任何内容。请检查后重新上传。"),
    "no_text": N_("文件中只有图片，没有可以读取的文字。请上传文字版，或先做文字识别。"),
    "encoding": N_("无法确定文字编码，读出来的可能是乱码。请另存为 UTF-8 编码的文本后再上传。"),
    "secret": N_("文稿标有密级，本系统不得存储、处理涉密文件，已停止读取，内容未保留。"),
    "needs_office": N_(
        "读取 .doc、.wps 文件需要安装 LibreOffice。请联系管理员安装，或另存为 .docx 后再上传。"
    ),
    "no_pdf": N_(
        "转成 PDF 需要安装 LibreOffice。请联系管理员安装；也可以先下载 Word 或 Excel，自己另存为 PDF。"
    ),
    "too_large": N_("文件过大。请拆分后上传，或去掉其中的图片。"),
    "timeout": N_("转换文件用时过长，已停止。请另存为 .docx 后再上传。"),
    "corrupt_sheet": N_("表格文件已损坏，无法打开。请用 Excel 或 WPS 重新另存为 .xlsx 后再上传。"),
    "sheet_size": N_(
        "工作表太大，或者很远的地方还有内容。请删去多余的行列，或拆成几份后再上传（名册至多五万行、两百列）。"
    ),
    "password": N_("文件设了打开密码，无法读取。请去掉密码后再上传；涉密文件不得上传。"),
    "wrong_sheet": N_("这不是 Excel 表格。名册请上传 .xlsx、.xls 或 .et 文件。"),
    "flattened": N_("表格中的文字被拆成了单字成行，无法可靠还原。请上传原始的 .docx 文件。"),
}


class Unreadable(Exception):
    """A paper that cannot be read. ``code`` is one of MESSAGES; ``message`` says what happened and what to do."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.message = MESSAGES[code]
        self.detail = detail
        super().__init__(f"{code}: {self.message}" + (f" ({detail})" if detail else ""))
