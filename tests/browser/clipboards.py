"""What programs put on a clipboard as HTML, in the shapes that they give it, with the Markdown that it is to become.

The sentences are the project's own.
"""

# ruff: noqa: E501 - as the programs write it

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clip:
    """One thing that was copied, and what is to stand in the field."""

    name: str
    html: str
    markdown: str


_WORD_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<!--[if gte mso 10]><style>/* Style Definitions */ table.MsoNormalTable {mso-style-name:"Standaardtabel";}</style><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt; mso-fareast-language:EN-US;} --></style></head>
<body lang=NL-BE style='tab-interval:35.4pt;word-wrap:break-word'><!--StartFragment-->
"""
_WORD_FOOT = "<!--EndFragment--></body></html>"


def _word_item(
    mark: str, text: str, *, level: int = 1, place: str = "Middle", list_: str = "l0", font: str = "Symbol"
) -> str:
    return f"""<p class=MsoListParagraphCxSp{place} style='text-indent:-18.0pt;mso-list:{list_} level{level} lfo1'><!--[if
!supportLists]--><span style='font-family:{font};mso-fareast-font-family:{font}'><span style='mso-list:Ignore'>{mark}<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><!--[endif]-->{text}<o:p></o:p></p>
"""


CLIPS = (
    Clip(
        "word",
        _WORD_HEAD
        + """<p class=MsoTitle>De bibliotheek blijft 's avonds open<o:p></o:p></p>
<p class=MsoSubtitle>Vanaf maart tot 22&nbsp;uur<o:p></o:p></p>
<p class=MsoNormal>De <b style='mso-bidi-font-weight:normal'>stad</b> geeft <i>204.000 euro</i> per jaar. Lees het
<a href="https://stad.example/plan?a=1&amp;b=2"><span style='color:#0563C1'>plan</span></a>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<h2><a name="_Toc1"></a>Wat <b>verandert</b> er<o:p></o:p></h2>
"""
        + _word_item("·", "De leeszaal krijgt 60 plaatsen.", place="First")
        + _word_item("o", "Ook op zondag.", level=2, font='"Courier New"')
        + _word_item("·", "Inschrijven is <b>gratis</b>.", place="Last")
        + _WORD_FOOT,
        "# De bibliotheek blijft 's avonds open\n\n"
        "## Vanaf maart tot 22\u00a0uur\n\n"
        "De **stad** geeft _204.000 euro_ per jaar. Lees het [plan](<https://stad.example/plan?a=1&amp;b=2>).\n\n"
        "## Wat verandert er\n\n"
        "- De leeszaal krijgt 60 plaatsen.\n  - Ook op zondag.\n- Inschrijven is **gratis**.",
    ),
    Clip(
        "word-numbers",
        _WORD_HEAD
        + "<p class=MsoNormal>Zo gaat het:<o:p></o:p></p>"
        + _word_item("1.", "Vul het formulier in.", place="First", list_="l1", font="Calibri")
        + _word_item("2.", "Kom naar de balie.", place="Last", list_="l1", font="Calibri")
        + "<p class=MsoQuote>&#8220;Dat is eenvoudig&#8221;, zegt de schepen.<o:p></o:p></p>"
        + _WORD_FOOT,
        "Zo gaat het:\n\n1. Vul het formulier in.\n2. Kom naar de balie.\n\n> “Dat is eenvoudig”, zegt de schepen.",
    ),
    Clip(
        "word-cleaned-by-another-program",
        """<p class="MsoNormal">De markt opent.</p><p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span
style="mso-list:Ignore">·&nbsp;&nbsp; </span>Op zondag</p><p class="MsoListParagraph">-&nbsp; Tot 13 uur</p>""",
        "De markt opent.\n\n- Op zondag\n\n* Tot 13 uur",
    ),
    Clip(
        "word-online",
        """<html><body><!--StartFragment--><div class="OutlineElement Ltr SCXW1 BCX0" style="direction: ltr;"><p class="Paragraph SCXW1"
role="heading" aria-level="2" style="margin:0px"><span data-contrast="none" class="TextRun SCXW1" style="font-weight: bold;"><span
class="NormalTextRun SCXW1">De markt</span></span><span class="EOP SCXW1" data-ccp-props="{}">&nbsp;</span></p></div><div
class="ListContainerWrapper SCXW1"><ul role="list" class="BulletListStyle1 SCXW1"><li data-leveltext="" aria-level="1"
role="listitem" class="OutlineElement SCXW1"><p class="Paragraph SCXW1"><span class="TextRun SCXW1">Op het plein</span><span
class="EOP SCXW1">&nbsp;</span></p></li></ul></div><!--EndFragment--></body></html>""",
        "## De markt\n\n- Op het plein",
    ),
    Clip(
        "outlook",
        """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm} --></style></head>
<body lang="NL-BE" link="#0563C1"><div class="WordSection1"><p class="MsoNormal">Beste,<o:p></o:p></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoNormal">Het bericht staat <b>klaar</b>, zie <a
href="https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fstad.example%2Fmarkt&amp;data=05">de pagina</a>.<o:p></o:p></p>
<ul style="margin-top:0cm" type="disc"><li class="MsoListParagraph" style="margin-left:0cm;mso-list:l0 level1 lfo1">Eerst
dit<o:p></o:p></li><li class="MsoListParagraph" style="margin-left:0cm;mso-list:l0 level1 lfo1">Dan dat<o:p></o:p></li></ul>
</div></body></html>""",
        "Beste,\n\nHet bericht staat **klaar**, zie [de pagina](<https://stad.example/markt>).\n\n- Eerst dit\n- Dan dat",
    ),
    Clip(
        "outlook-on-the-web",
        """<div style="font-family: Aptos, sans-serif; font-size: 12pt;" class="elementToProof">De weg is dicht.</div>
<div class="elementToProof"><br></div><div class="elementToProof">Rij <b>om</b>.</div>""",
        "De weg is dicht.\n\nRij **om**.",
    ),
    Clip(
        "libreoffice",
        """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<meta name="generator" content="LibreOffice 24.2 (Linux)"/><style type="text/css">@page { margin: 2cm } p { line-height: 115% }</style>
</head><body lang="nl-BE" dir="ltr"><p class="title" align="center"><font size="6"><b>Een nieuwe brug</b></font></p>
<h2 class="western">Wat</h2>
<p style="line-height: 100%; margin-bottom: 0cm">De brug kostte
<b>25 miljoen</b> euro. <font face="Liberation Serif"><i>Iedereen</i></font> mag erover.</p>
<ol>\n\t<li><p style="margin-bottom: 0cm">Te voet</p></li>\n\t<li><p style="margin-bottom: 0cm">Met de fiets</p>
\t<ul>\n\t\t<li><p>ook elektrisch</p></li>\n\t</ul></li>\n</ol></body></html>""",
        "# Een nieuwe brug\n\n## Wat\n\nDe brug kostte **25 miljoen** euro. _Iedereen_ mag erover.\n\n"
        "1. Te voet\n2. Met de fiets\n   - ook elektrisch",
    ),
    Clip(
        "google-docs",
        """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b"><h1 dir="ltr"
style="line-height:1.38;margin-top:20pt;"><span style="font-size:20pt;font-weight:400;white-space:pre-wrap;">Zwembad dicht</span></h1><p
dir="ltr"><span style="font-weight:400;white-space:pre-wrap;">Het bad sluit </span><span
style="font-weight:700;font-style:normal;white-space:pre-wrap;">op maandag</span><span style="font-weight:400;">; het water is
</span><span style="font-weight:400;font-style:italic;">te koud</span><span style="font-weight:400;">.</span></p><br /><ul
style="margin-top:0;"><li dir="ltr" aria-level="1" style="list-style-type:disc;"><p dir="ltr" role="presentation"><span
style="font-weight:400;">Kleedkamers</span></p></li><ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>Douches</span></p></li></ul><li
dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Inkom</span></p></li></ul></b><br class="Apple-interchange-newline">""",
        "# Zwembad dicht\n\nHet bad sluit **op maandag**; het water is _te koud_.\n\n- Kleedkamers\n  - Douches\n- Inkom",
    ),
    Clip(
        "chromium",
        """<meta charset='utf-8'><h2 style="color: rgb(0, 0, 0); font-style: normal; font-weight: 700;">Feest</h2><p
style="font-weight: 400;">Kom <strong>allen</strong><em> mee</em>,<br>tot <a href="https://stad.example/feest"
onclick="alert(1)">zondag</a> of <a href="javascript:alert(1)">later</a>.</p><script>window.ran = 1</script><img src="/nowhere.png"
onerror="window.ran = 1"><blockquote><p>Tot dan.</p><p>Of niet.</p></blockquote>""",
        "## Feest\n\nKom **allen** _mee_,\\\ntot [zondag](<https://stad.example/feest>) of later.\n\n> Tot dan.\n>\n> Of niet.",
    ),
    Clip(
        "firefox",
        """<p>Wie <b>on</b>gedeerd bleef, kreeg 5 * 3 = 15 euro &amp; meer.</p>
<p># geen titel</p><p>1. geen lijst</p><table><tbody><tr><td>Maandag</td><td>9 uur</td></tr></tbody></table>""",
        "Wie <strong>on</strong>gedeerd bleef, kreeg 5 \\* 3 = 15 euro & meer.\n\n\\# geen titel\n\n1\\. geen lijst\n\nMaandag\n\n9 uur",
    ),
    Clip(
        "figures",
        "<p>Het <b>Slot<sup>2</sup></b> kost 10<span style='vertical-align:super'>6</span> euro, CO<sub>2</sub>, de 1<sup>er</sup>.</p>",
        "Het **Slot²** kost 10⁶ euro, CO₂, de 1er.",
    ),
    Clip(
        "two-paragraphs",
        "<p>De eerste alinea.</p><p>De tweede.</p>",
        "De eerste alinea.\n\nDe tweede.",
    ),
)
