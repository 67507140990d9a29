"""The pages' one style sheet, for screens of any width, light and dark, and for paper.

A page's security policy names this text by its sum, so it stands in the page byte by byte, and no
element has a style of its own: what differs between marks is a class for each.
"""

from __future__ import annotations

import base64
import hashlib

from coursetools.grading.feedback.marks import MARKS

_MARKS = "".join(f".m-{name}{{--mark:{mark.colour}}}\n" for name, mark in MARKS.items())

STYLE = f"""
:root{{color-scheme:light dark;--ink:#1c2128;--soft:#57606a;--page:#f6f7f9;--card:#fff;
--line:#d0d7de;--code:#f2f4f7;--link:#0550ae;--bad:#a40e26;
--key:#7b1fa2;--text:#116329;--number:#0550ae;--built:#8a3700}}
@media (prefers-color-scheme:dark){{:root{{--ink:#e6e9ed;--soft:#a9b3be;--page:#14171b;
--card:#1c2026;--line:#3a424c;--code:#13161a;--link:#79b8ff;--bad:#ff9492;
--key:#d8a6f2;--text:#8ddb8c;--number:#79b8ff;--built:#f0b37e}}}}
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%}}
body{{margin:0;background:var(--page);color:var(--ink);overflow-wrap:anywhere;
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}}
header,main,footer{{max-width:54rem;margin:0 auto;padding:0 16px}}
header{{padding-top:28px}}
main{{padding-bottom:16px}}
footer{{color:var(--soft);font-size:.875rem;padding-bottom:32px}}
.wide{{max-width:76rem}}
h1{{font-size:1.6rem;line-height:1.25;margin:0 0 4px}}
h2{{font-size:1.2rem;line-height:1.3;margin:32px 0 10px}}
p{{margin:0 0 .6em}}
a{{color:var(--link);text-underline-offset:2px}}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{{outline:3px solid var(--link);
outline-offset:2px}}
.who{{color:var(--soft);margin:0}}
.total{{font-size:1.35rem;font-weight:650;margin:10px 0 0;font-variant-numeric:tabular-nums}}
.notice{{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--bad);
border-radius:6px;padding:10px 14px;margin:16px 0}}
.card{{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--mark);
border-radius:6px;padding:12px 16px;margin:0 0 16px}}
.plain{{--mark:var(--line)}}
.card>:last-child,.notice>:last-child,.said>:last-child{{margin-bottom:0}}
.card h3{{font-size:1.125rem;line-height:1.35;margin:0}}
h4{{font-size:.9375rem;margin:12px 0 5px}}
.head{{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;margin:0 0 8px}}
.points{{margin-left:auto;font-weight:600;white-space:nowrap;font-variant-numeric:tabular-nums}}
.mark{{background:var(--mark);color:#fff;border-radius:1em;padding:1px 11px;font-size:.875rem;
font-weight:600;white-space:nowrap}}
.sign{{display:inline-block;width:1.5em;height:1.5em;line-height:1.5em;border-radius:50%;
text-align:center;font-size:.8125rem;font-weight:700;color:#fff;background:var(--mark)}}
.next{{padding-left:1.5em;margin:0 0 8px}}
.next li{{margin:0 0 6px}}
.next li:first-child{{font-size:1.0625rem}}
.next p{{margin:2px 0 0}}
.checks,.bare{{list-style:none;padding:0;margin:0 0 10px}}
.checks>li{{display:grid;grid-template-columns:1.9em 1fr auto;gap:0 4px;padding:7px 0;
border-top:1px solid var(--line)}}
.checks>li:first-child{{border-top:0}}
.state{{color:var(--soft);text-align:right;font-size:.9375rem;font-variant-numeric:tabular-nums}}
.said{{grid-column:2/4;margin:5px 0 2px;padding-left:10px;border-left:3px solid var(--mark)}}
.numbers,.quiet{{color:var(--soft);font-size:.9375rem}}
.answers{{display:grid;grid-template-columns:max-content 1fr;gap:4px 14px;margin:0 0 10px}}
.answers dt,.answers dd{{margin:0}}
code,pre{{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;
font-size:.875rem}}
code{{background:var(--code);padding:1px 4px;border-radius:3px;white-space:pre-wrap}}
pre{{background:var(--code);border:1px solid var(--line);border-radius:4px;margin:0 0 8px;
padding:9px 12px;line-height:1.5;white-space:pre-wrap;overflow:hidden;tab-size:4}}
pre code{{background:none;padding:0;font-size:inherit}}
.output{{margin:0 0 8px;padding-left:12px;border-left:3px solid var(--line)}}
.output pre{{background:none;border:0;padding:2px 0;margin:0;border-radius:0}}
.output.error{{border-left-color:var(--bad)}}
.label{{font-size:.875rem;font-weight:600;color:var(--soft);margin:0}}
.error .label{{color:var(--bad)}}
.gap{{color:var(--soft);font-size:.875rem;font-style:italic;margin:4px 0}}
figure{{margin:0 0 10px}}
img{{display:block;max-width:100%;height:auto;background:#fff;border-radius:4px}}
details{{margin:0 0 8px}}
summary{{cursor:pointer;font-weight:600;padding:4px 0}}
.ct-c{{color:var(--soft);font-style:italic}}
.ct-k{{color:var(--key);font-weight:600}}
.ct-s{{color:var(--text)}}
.ct-n{{color:var(--number)}}
.ct-b{{color:var(--built)}}
.scroll{{overflow-x:auto;margin:0 0 12px}}
table{{border-collapse:collapse;font-variant-numeric:tabular-nums}}
.overview{{background:var(--card);border:1px solid var(--line);border-radius:6px}}
.overview li{{display:grid;grid-template-columns:1fr 13em 13em;gap:4px 12px;align-items:center;
padding:8px 16px;border-top:1px solid var(--line)}}
.overview li:first-child{{border-top:0}}
.overview a{{font-weight:600}}
.overview .mark{{justify-self:start}}
.overview .points{{text-align:right}}
.list{{width:100%;background:var(--card);border:1px solid var(--line)}}
.list th,.list td{{text-align:left;vertical-align:top;padding:7px 12px;
border-top:1px solid var(--line)}}
.list thead th{{border-top:0;font-size:.875rem;color:var(--soft)}}
.list td,.list th{{overflow-wrap:break-word}}
.list .any{{overflow-wrap:anywhere;min-width:8em}}
.id{{font-weight:400;color:var(--soft)}}
.list .amount{{text-align:right}}
.list .amount,.list .short{{white-space:nowrap}}
.list tbody th{{font-weight:600}}
.list .file{{min-width:12em}}
.bar{{width:40%;min-width:6em}}
.bar svg{{display:block;margin-top:5px;color:var(--link)}}
.list .words{{min-width:9em}}
.ct-grid{{display:inline-table;margin:4px 20px 8px 0}}
.ct-grid caption{{text-align:left;font-weight:600}}
.ct-grid td{{border:1px solid var(--line);padding:3px 9px;text-align:right}}
.figures{{display:flex;flex-wrap:wrap;gap:8px 28px;margin:14px 0 0;padding:0;list-style:none}}
.figures b{{font-size:1.25rem;font-variant-numeric:tabular-nums}}
{_MARKS}
@media (max-width:34rem){{
header,main,footer{{padding-left:12px;padding-right:12px}}
.card{{padding:10px 12px}}
.points{{margin-left:0}}
.head h3{{flex-basis:100%}}
.checks>li{{grid-template-columns:1.9em 1fr}}
.state{{grid-column:2;text-align:left}}
.said{{grid-column:2}}
.answers{{grid-template-columns:1fr}}
.answers dd{{margin:0 0 6px}}
.overview li{{display:flex;flex-wrap:wrap;padding:8px 12px}}
.overview a{{flex-basis:100%}}
.overview .points{{font-weight:400}}
}}
@media (forced-colors:active){{.mark,.sign{{border:1px solid}}}}
@media print{{
:root{{color-scheme:light;--ink:#000;--soft:#444;--page:#fff;--card:#fff;--line:#bbb;--code:#f6f6f6;
--link:#000;--bad:#a40e26;--key:#5b1078;--text:#0b4a1c;--number:#033d8b;--built:#6e2c00}}
@page{{margin:16mm}}
html{{font-size:10.5pt}}
body{{font-size:1rem}}
header,main,footer{{max-width:none;padding:0}}
.mark,.sign{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
h2,h3,h4,.head{{break-after:avoid}}
.checks>li,.next li,figure,tr{{break-inside:avoid}}
img{{max-height:11cm;width:auto}}
a{{text-decoration:none}}
details::details-content{{content-visibility:visible;height:auto;display:block}}
}}
"""

STYLE_SUM = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")

POLICY = (
    f"default-src 'none'; img-src data:; style-src 'sha256-{STYLE_SUM}'; base-uri 'none'; "
    "form-action 'none'"
)
"""Nothing is fetched, nothing runs, nothing is sent; only this style and the pictures within."""
