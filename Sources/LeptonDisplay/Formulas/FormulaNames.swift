/// The commands of TeX that stand for a sign or a gap, and what they stand for.
enum FormulaNames {
  /// What a command without arguments stands for; nothing where it is none of these.
  static func formula(for command: String) -> Formula? { table[command] }

  private static let table: [String: Formula] = {
    var table: [String: Formula] = [:]
    func add(_ pairs: String, _ make: (String) -> Formula) {
      let words = pairs.split(whereSeparator: \.isWhitespace).map(String.init)
      for index in stride(from: 0, to: words.count - 1, by: 2) {
        table[words[index]] = make(words[index + 1])
      }
    }
    add(variables) { .name($0, isUpright: false) }
    add(symbols) { .name($0, isUpright: true) }
    add(operators) { .sign($0, .binary) }
    add(relations) { .sign($0, .relation) }
    add(sums) { .sign($0, .large(takesLimits: true)) }
    add(integrals) { .sign($0, .large(takesLimits: false)) }
    add(openings) { .sign($0, .opening) }
    add(closings) { .sign($0, .closing) }
    add(marks) { .sign($0, .ordinary) }
    add("colon :") { .sign($0, .punctuation) }
    for name in functions.split(separator: " ") {
      table[String(name)] = .function(String(name), takesLimits: false)
    }
    for name in limits.split(separator: " ") {
      table[String(name)] = .function(String(name), takesLimits: true)
    }
    table["argmax"] = .function("arg max", takesLimits: true)
    table["argmin"] = .function("arg min", takesLimits: true)
    table.merge(spaces) { $1 }
    return table
  }()

  private static let variables = """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
    lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ
    varphi φ chi χ psi ψ omega ω partial ∂ imath ı jmath ȷ
    """
  private static let symbols = """
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω nabla ∇ infty ∞ ell ℓ
    hbar ℏ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ triangle △
    Re ℜ Im ℑ aleph ℵ wp ℘ checkmark ✓ square □ Box □ blacksquare ■ degree ° ldots … dots … dotsc … dotso …
    cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ prime ′ sharp ♯ flat ♭ natural ♮
    % % # # $ $ & & _ _
    """
  private static let operators = """
    cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet ∙ odot ⊙ otimes ⊗ oplus ⊕ ominus ⊖ oslash ⊘
    cup ∪ cap ∩ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ uplus ⊎ sqcup ⊔ sqcap ⊓ dagger † ddagger ‡ bmod mod
    """
  private static let relations = """
    le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡
    propto ∝ coloneqq ≔ triangleq ≜ doteq ≐ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ subsetneq ⊊ supset ⊃
    supseteq ⊇ mid ∣ parallel ∥ perp ⟂ vdash ⊢ models ⊨ prec ≺ succ ≻ preceq ⪯ succeq ⪰ to → rightarrow →
    gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ implies ⟹ Leftarrow ⇐ Leftrightarrow ⇔ iff ⟺ mapsto ↦
    longrightarrow ⟶ longleftarrow ⟵ longmapsto ⟼ hookrightarrow ↪ uparrow ↑ downarrow ↓ nearrow ↗ searrow ↘
    rightleftharpoons ⇌ leftrightharpoons ⇋ lt < gt >
    """
  private static let sums = """
    sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ bigvee ⋁ bigwedge ⋀ biguplus ⨄
    """
  private static let integrals = "int ∫ iint ∬ iiint ∭ oint ∮"
  private static let openings = "langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrace { { { lbrack ["
  private static let closings = "rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrace } } } rbrack ]"
  private static let marks = "vert | Vert ‖ | ‖ backslash \\"

  private static let functions =
    "arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh"
  private static let limits = "det gcd inf lim liminf limsup max min Pr sup"

  private static let spaces: [String: Formula] = [
    ",": .space(1 / 6), "thinspace": .space(1 / 6), ":": .space(2 / 9), ">": .space(2 / 9),
    "medspace": .space(2 / 9), ";": .space(5 / 18), "thickspace": .space(5 / 18),
    " ": .space(1 / 4),
    "!": .space(-1 / 6), "negthinspace": .space(-1 / 6), "enspace": .space(1 / 2),
    "quad": .space(1), "qquad": .space(2), "nonumber": .row([]), "notag": .row([]),
  ]

  /// The marks over and under something, by their commands.
  static let accents: [String: Formula.Accent] = [
    "hat": .init(sign: "^", combining: "\u{302}"),
    "widehat": .init(sign: "^", combining: "\u{302}", isWide: true),
    "bar": .init(sign: "¯", combining: "\u{304}"),
    "overline": .init(sign: "‾", combining: "\u{305}", isWide: true),
    "tilde": .init(sign: "~", combining: "\u{303}"),
    "widetilde": .init(sign: "~", combining: "\u{303}", isWide: true),
    "vec": .init(sign: "→", combining: "\u{20D7}"),
    "overrightarrow": .init(sign: "→", combining: "\u{20D7}", isWide: true),
    "dot": .init(sign: "˙", combining: "\u{307}"),
    "ddot": .init(sign: "¨", combining: "\u{308}"),
    "check": .init(sign: "ˇ", combining: "\u{30C}"),
    "breve": .init(sign: "˘", combining: "\u{306}"),
    "acute": .init(sign: "´", combining: "\u{301}"),
    "grave": .init(sign: "`", combining: "\u{300}"),
    "mathring": .init(sign: "˚", combining: "\u{30A}"),
    "underline": .init(sign: "_", combining: "\u{332}", isWide: true, isBelow: true),
    "overbrace": .init(sign: "⏞", isWide: true, takesLimits: true),
    "underbrace": .init(sign: "⏟", isWide: true, isBelow: true, takesLimits: true),
  ]

  /// A relation that does not hold.
  static func negation(of sign: String) -> String {
    let known = ["=": "≠", "∈": "∉", "≤": "≰", "≥": "≱", "<": "≮", ">": "≯", "≡": "≢", "⊂": "⊄"]
    return known[sign] ?? sign + "\u{338}"
  }
}
