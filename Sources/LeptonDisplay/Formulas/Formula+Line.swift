extension Formula {
  /// The formula as one line of Unicode, for a terminal.
  package var line: String { text(isTight: false) }

  /// - Parameter isTight: Whether nothing stands apart, as in an exponent.
  private func text(isTight: Bool) -> String {
    switch self {
    case .row(let parts): Self.joined(parts, isTight: isTight)
    case .name(let name, _), .number(let name), .sign(let name, _), .function(let name, _): name
    case .text(let text): text
    case .space(let width):
      isTight || width < 0 ? "" : String(repeating: " ", count: max(1, Int(width * 2)))
    case .fraction(let above, let below, let isRuled):
      isRuled
        ? "\(Self.grouped(above))/\(Self.grouped(below, isDivisor: true))"
        : "\(above.text(isTight: isTight)) \(below.text(isTight: isTight))"
    case .root(let inside, let degree): Self.root(inside, degree)
    case .script(let base, let below, let above), .stack(let base, let below, let above):
      Self.grouped(base, isBase: true)
        + (below.map { Self.script($0, Self.lowered, mark: "_") } ?? "")
        + (above.map { Self.script($0, Self.raised, mark: "^") } ?? "")
    case .accent(let base, let accent): Self.accented(base, accent)
    case .fence(let left, let inside, let right): left + inside.text(isTight: isTight) + right
    case .bracket(let sign, _): sign
    case .grid(let grid):
      grid.rows.map { row in
        row.map { $0.text(isTight: isTight) }.filter { !$0.isEmpty }.joined(separator: " ")
      }.joined(separator: "; ")
    case .styled(let formula, let style):
      (style == .double ? style.applied(to: formula) : formula).text(isTight: isTight)
    case .boxed(let formula): "[ \(formula.text(isTight: isTight)) ]"
    case .phantom: ""
    case .style(let formula, _): formula.text(isTight: isTight)
    }
  }

  private static func joined(_ parts: [Formula], isTight: Bool) -> String {
    guard !isTight else { return parts.map { $0.text(isTight: true) }.joined() }
    var text = ""
    var previous: (part: Formula, isInfix: Bool)?
    for part in parts {
      let written = part.text(isTight: false)
      let isInfix = part.isInfix(behind: previous?.part)
      let isApart =
        previous.map { $0.isInfix || isInfix || standApart($0.part, part) } ?? false
      if isApart, !text.hasSuffix(" "), !written.hasPrefix(" ") { text += " " }
      text += written
      previous = (part, isInfix)
    }
    return text
  }

  /// Whether it joins what stands on both its sides.
  private func isInfix(behind previous: Formula?) -> Bool {
    switch role {
    case .relation: true
    case .binary: !Formula.isPrefix(behind: previous?.role)
    default: false
    }
  }

  /// Whether there is a blank between two parts neither of which joins its neighbours.
  private static func standApart(_ left: Formula, _ right: Formula) -> Bool {
    if left.role == .punctuation { return true }
    if [.closing, .punctuation].contains(right.role) { return false }
    if left.isFunction { return left.core.takesLimits || !right.isBracketed }
    if case .large = left.role { return true }
    if left.role == .opening || left.role == .binary { return false }
    if case .large = right.role { return true }
    return left.isDivision || right.isDivision
  }

  /// Whether it is a prime, or several.
  private var isPrime: Bool {
    if case .sign(let sign, _) = self { sign.hasPrefix("′") } else { false }
  }

  private var isDivision: Bool {
    switch self {
    case .fraction(_, _, let isRuled): isRuled
    case .style(let inside, _): inside.isDivision
    default: false
    }
  }

  /// Whether it begins with a bracket.
  private var isBracketed: Bool {
    if case .fence = core { true } else { role == .opening }
  }

  // Parts.

  private static func grouped(
    _ formula: Formula, isDivisor: Bool = false, isBase: Bool = false
  ) -> String {
    let text = formula.text(isTight: false)
    switch formula {
    case .name, .number, .fence, .root, .styled, .sign, .function, .accent, .text: return text
    case .row(let parts) where isBase && parts.count == 2 && parts[1].isPrime: return text
    case .row(let parts) where isBase || isDivisor:
      let isDifferential = parts.count == 2 && parts[0].core == .name("∂", isUpright: false)
      return parts.isEmpty || (isDifferential && !isBase) ? text : "(\(text))"
    case .script where isBase: return "(\(text))"
    default:
      return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "∂" } ? text : "(\(text))"
    }
  }

  private static func root(_ inside: Formula, _ degree: Formula?) -> String {
    let sign =
      switch degree?.text(isTight: true) {
      case nil: "√"
      case "3": "∛"
      case "4": "∜"
      case let degree?: script(degree, raised, mark: "") + "√"
      }
    return sign + grouped(inside, isBase: true)
  }

  private static func accented(_ base: Formula, _ accent: Accent) -> String {
    let text = base.text(isTight: false)
    guard let mark = accent.combining, text.count == 1 else { return text }
    return text + String(mark)
  }

  // Scripts.

  private static func script(
    _ formula: Formula, _ letters: [Character: Character], mark: String
  ) -> String {
    script(formula.text(isTight: true), letters, mark: mark)
  }

  private static func script(
    _ text: String, _ letters: [Character: Character], mark: String
  ) -> String {
    let written = text.compactMap { letters[$0] }
    if written.count == text.count { return String(written) }
    return mark + (text.count > 1 ? "(\(text))" : text)
  }

  private static let raised: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹", "+": "⁺", "−": "⁻", "=": "⁼", "(": "⁽", ")": "⁾", "n": "ⁿ", "i": "ⁱ", "T": "ᵀ",
    "k": "ᵏ", "m": "ᵐ", "t": "ᵗ", "x": "ˣ", "′": "′",
  ]
  private static let lowered: [Character: Character] = [
    "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈",
    "9": "₉", "+": "₊", "−": "₋", "=": "₌", "(": "₍", ")": "₎", "a": "ₐ", "e": "ₑ", "i": "ᵢ",
    "j": "ⱼ", "k": "ₖ", "l": "ₗ", "m": "ₘ", "n": "ₙ", "p": "ₚ", "r": "ᵣ", "s": "ₛ", "t": "ₜ",
    "u": "ᵤ", "v": "ᵥ", "x": "ₓ",
  ]
}
