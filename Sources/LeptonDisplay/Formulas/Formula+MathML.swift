extension Formula {
  /// Reads a formula in TeX; nothing where a part of it is not understood.
  package init?(tex: String) {
    guard tex.utf8.count <= FormulaReader.sizeLimit else { return nil }
    var reader = FormulaReader(Escaping.visible(tex, keepingLineEnds: true))
    guard let formula = try? reader.formula(), formula != .row([]) else { return nil }
    self = formula
  }

  /// The formula as an element of MathML Core, which browsers set without help.
  ///
  /// - Parameters:
  ///   - tex: Its source, which stays in the page for who copies it.
  ///   - isDisplayed: Whether it stands in a line of its own.
  package func mathML(tex: String, isDisplayed: Bool) -> String {
    let display = isDisplayed ? " display=\"block\"" : ""
    let source = Escaping.xml(tex, keepingLineEnds: true)
    return "<math\(display)><semantics>\(Self.element("mrow", content))"
      + "<annotation encoding=\"application/x-tex\">\(source)</annotation></semantics></math>"
  }

  /// The formula as one element.
  private var markup: String {
    switch self {
    case .row: Self.element("mrow", content)
    case .name(let name, let isUpright):
      Self.element("mi", Escaping.xml(name), isUpright ? "mathvariant=\"normal\"" : "")
    case .number(let number): Self.element("mn", Escaping.xml(number))
    case .sign(let sign, let role): Self.sign(sign, role, isPrefix: false)
    case .function(let name, let takesLimits):
      Self.element(
        "mo", Escaping.xml(name),
        "lspace=\"0\" rspace=\"0\"" + (takesLimits ? " movablelimits=\"true\"" : ""))
    case .text(let text): Self.element("mtext", Escaping.xml(Self.unbreakable(text)))
    case .space(let width): Self.gap(width)
    case .fraction(let above, let below, let isRuled):
      Self.element(
        "mfrac", above.markup + below.markup, isRuled ? "" : "linethickness=\"0\"")
    case .root(let inside, nil): Self.element("msqrt", inside.content)
    case .root(let inside, let degree?): Self.element("mroot", inside.markup + degree.markup)
    case .script(let base, let below, let above):
      base.takesLimits
        ? Self.around(base, "munder", below, "mover", above)
        : Self.around(base, "msub", below, "msup", above)
    case .stack(let base, let below, let above):
      Self.around(base, "munder", below, "mover", above)
    case .accent(let base, let accent): Self.accented(base, accent)
    case .fence(let left, let inside, let right): Self.fenced(left, inside, right)
    case .bracket(let sign, let height): Self.bracket(sign, height)
    case .grid(let grid): grid.markup
    case .styled(let formula, let style): style.applied(to: formula).markup
    case .boxed(let formula): Self.element("mrow", formula.content, "class=\"boxed\"")
    case .phantom(let formula): Self.element("mphantom", formula.content)
    case .style(let formula, let isDisplayed):
      Self.element("mstyle", formula.content, "displaystyle=\"\(isDisplayed)\"")
    }
  }

  /// The parts of a row, or the only element, for elements that make a row of what stands in them.
  private var content: String {
    guard case .row(let parts) = self else { return markup }
    var previous: Role?
    var text = ""
    for (index, part) in parts.enumerated() {
      if case .sign(let sign, .binary) = part {
        text += Self.sign(sign, .binary, isPrefix: Formula.isPrefix(behind: previous))
      } else if part.isFunction {
        let next = index + 1 < parts.count ? parts[index + 1] : nil
        text += Self.isOrdinary(previous) ? Self.gap(1 / 6) : ""
        text += part.markup + (Self.needsGap(before: next) ? Self.gap(1 / 6) : "")
      } else {
        text += part.markup
      }
      if case .space = part { continue }
      previous = part.role
    }
    return text
  }

  private static func isOrdinary(_ role: Role?) -> Bool { role == .ordinary || role == .closing }

  /// Whether a function that is written out keeps away from what it is applied to.
  private static func needsGap(before next: Formula?) -> Bool {
    switch next {
    case nil, .fence, .bracket, .space: false
    case .sign(_, let role)?: role == .ordinary
    default: true
    }
  }

  // Elements.

  fileprivate static func element(
    _ name: String, _ content: String, _ attributes: String = ""
  ) -> String {
    "<\(name)\(attributes.isEmpty ? "" : " " + attributes)>\(content)</\(name)>"
  }

  private static func sign(_ sign: String, _ role: Role, isPrefix: Bool) -> String {
    let attributes =
      switch role {
      case .opening: "stretchy=\"false\" form=\"prefix\""
      case .closing: "stretchy=\"false\" form=\"postfix\""
      case .ordinary: "stretchy=\"false\" lspace=\"0\" rspace=\"0\""
      case .relation where sign == "∣" || sign == "|": "lspace=\"0.28em\" rspace=\"0.28em\""
      case .binary where sign == "mod": "lspace=\"0.28em\" rspace=\"0.28em\""
      case .binary: isPrefix ? "form=\"prefix\"" : ""
      case .relation, .punctuation, .large: ""
      }
    return element("mo", Escaping.xml(sign), attributes)
  }

  private static func gap(_ width: Double) -> String {
    let thousandths = Int((width * 1000).rounded())
    let digits = String(1000 + abs(thousandths) % 1000).dropFirst()
    let sign = thousandths < 0 ? "-" : ""
    return "<mspace width=\"\(sign)\(abs(thousandths) / 1000).\(digits)em\"></mspace>"
  }

  /// Blanks at the ends of words would be dropped.
  private static func unbreakable(_ text: String) -> String {
    String(text.map { $0 == " " ? "\u{A0}" : $0 })
  }

  private static func around(
    _ base: Formula, _ lower: String, _ below: Formula?, _ upper: String, _ above: Formula?
  ) -> String {
    switch (below, above) {
    case (let below?, let above?):
      let name = lower == "msub" ? "msubsup" : "munderover"
      return element(name, base.markup + below.markup + above.markup)
    case (let below?, nil): return element(lower, base.markup + below.markup)
    case (nil, let above?): return element(upper, base.markup + above.markup)
    case (nil, nil): return base.markup
    }
  }

  private static func accented(_ base: Formula, _ accent: Accent) -> String {
    let mark = element("mo", Escaping.xml(accent.sign), "stretchy=\"\(accent.isWide)\"")
    return accent.isBelow
      ? element("munder", base.markup + mark, "accentunder=\"true\"")
      : element("mover", base.markup + mark, "accent=\"true\"")
  }

  private static func fenced(_ left: String, _ inside: Formula, _ right: String) -> String {
    func bracket(_ sign: String, _ form: String) -> String {
      sign.isEmpty
        ? ""
        : element("mo", Escaping.xml(sign), "fence=\"true\" stretchy=\"true\" form=\"\(form)\"")
    }
    return element("mrow", bracket(left, "prefix") + inside.content + bracket(right, "postfix"))
  }

  private static func bracket(_ sign: String, _ height: Double) -> String {
    guard !sign.isEmpty else { return "<mrow></mrow>" }
    let size = "minsize=\"\(height)em\" maxsize=\"\(height)em\""
    return element(
      "mo", Escaping.xml(sign),
      "stretchy=\"true\" symmetric=\"true\" lspace=\"0\" rspace=\"0\" \(size)")
  }
}

extension Formula.Grid {
  /// The rows as a table.
  fileprivate var markup: String {
    let rows = self.rows.map { row in
      let cells = row.enumerated().map { index, cell in
        Formula.element("mtd", cell.markup, "class=\"\(column(index))\"")
      }
      return Formula.element("mtr", cells.joined())
    }
    let name = isJoined ? " class=\"joined\"" : isSmall ? " class=\"small\"" : ""
    return "<mtable\(name) displaystyle=\"\(isDisplayed)\">\(rows.joined())</mtable>"
  }
}
