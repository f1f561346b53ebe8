/// How a page looks: one column of text that reads well on a screen, on a phone and on paper, on
/// light ground or dark as the reader's system has it.
enum HTMLStyle {
  static let text = """
    :root{--ground:#fff;--ink:#1f2328;--faint:#59636e;--line:#d1d9e0;--code:#f6f8fa;--link:#0b6bcb;
    --keyword:#8a3ffc;--string:#1a7f37;--number:#b35900;--wrong:#cf222e;--good:#1a7f37}
    @media (prefers-color-scheme:dark){:root{--ground:#0d1117;--ink:#e6edf3;--faint:#9da7b3;--line:#30363d;
    --code:#161b22;--link:#58a6ff;--keyword:#d2a8ff;--string:#7ee787;--number:#ffa657;--wrong:#ff7b72;--good:#4cc38a}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--ground);color:var(--ink);
    font:17px/1.6 Charter,"Bitstream Charter","Source Serif 4",Georgia,"Noto Serif CJK SC",serif}
    main{max-width:46rem;margin:0 auto;padding:2.5rem 1.25rem 5rem}
    h1,h2,h3,h4,th{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans CJK SC",sans-serif}
    h1{font-size:2rem;line-height:1.2;margin:0 0 1.2em}
    h2{font-size:1.35rem;line-height:1.3;margin:2.2em 0 .6em}
    h3{font-size:1.1rem;margin:1.8em 0 .5em}
    p,ul,ol,table,pre,blockquote{margin:0 0 1em}
    a{color:var(--link)}
    code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.82em}
    :not(pre)>code{background:var(--code);border-radius:4px;padding:.12em .35em}
    pre{line-height:1.5;overflow-x:auto;padding:.8em 1em;border-radius:6px;background:var(--code)}
    pre.cell{border-left:3px solid var(--keyword)}
    pre.expect{border-left:3px solid var(--good)}
    section.out,section.failures{margin:-.4em 0 1.6em;padding-left:1em;border-left:3px solid var(--line)}
    section.out pre,section.failures pre{background:none;padding:.1em 0;margin-bottom:.6em}
    section.out>:last-child{margin-bottom:0}
    section.out blockquote{padding:0;border:0}
    section.summary{margin-top:3em;padding-top:.5em;border-top:1px solid var(--line)}
    section.summary h2{margin-top:.6em}
    table{display:block;overflow-x:auto;border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92em}
    th,td{padding:.3em .8em;border-bottom:1px solid var(--line);text-align:left}
    th{font-size:.9em;font-weight:600;border-bottom-width:2px}
    th[align=right],td[align=right]{text-align:right}
    td[align=right]{white-space:nowrap}
    th[align=center],td[align=center]{text-align:center}
    blockquote{padding-left:1em;border-left:3px solid var(--line);color:var(--faint)}
    img{display:block;max-width:100%;height:auto;margin:.4em 0}
    math{font-family:"Latin Modern Math","STIX Two Math","TeX Gyre Termes Math","Cambria Math",math,Georgia,serif}
    math[display=block]{max-width:100%;margin:.6em 0;overflow-x:auto;overflow-y:hidden}
    mtd.left{text-align:left;text-align:-webkit-left}mtd.right{text-align:right;text-align:-webkit-right}
    .joined mtd.right{padding-right:0}.joined mtd.left{padding-left:0}.joined .left+.right{padding-left:2em}
    mtable.small{font-size:.75em}.small mtd{padding:.1em .3em}.boxed{border:1px solid;padding:.3em .5em}
    hr{border:0;border-top:1px solid var(--line);margin:2em 0}
    .keyword{color:var(--keyword)}.string{color:var(--string)}.number{color:var(--number)}
    .comment{color:var(--faint);font-style:italic}.hole,.wrong{color:var(--wrong)}
    @media print{body{font-size:11pt}main{max-width:none;padding:0}pre,img,table{break-inside:avoid}h2,h3{break-after:avoid}}
    """
}
