/// Writes a formula in TeX as one line of Unicode, as far as that goes.
enum Formula {
  private static let names: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η",
    "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "phi": "φ", "psi": "ψ", "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω",
    "sum": "∑", "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "infty": "∞",
    "cdot": "·", "times": "×", "odot": "⊙", "otimes": "⊗", "pm": "±", "leq": "≤", "le": "≤",
    "geq": "≥", "ge": "≥", "neq": "≠", "approx": "≈", "in": "∈", "to": "→", "rightarrow": "→",
    "ldots": "…", "dots": "…", "cdots": "⋯", "sqrt": "√", "quad": "  ", "qquad": "    ",
    "left": "", "right": "", ",": " ", ";": " ", " ": " ", "!": "",
  ]
  private static let raised: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹", "+": "⁺", "-": "⁻", "n": "ⁿ", "i": "ⁱ", "T": "ᵀ",
  ]
  private static let lowered: [Character: Character] = [
    "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈",
    "9": "₉", "+": "₊", "-": "₋", "=": "₌", "i": "ᵢ", "j": "ⱼ", "k": "ₖ", "n": "ₙ", "x": "ₓ",
    "u": "ᵤ", "v": "ᵥ", "t": "ₜ",
  ]

  /// How many bytes a formula may have; a longer one stays as it is.
  private static let most = 2000

  /// Writes the formula.
  static func text(of formula: some StringProtocol) -> String {
    guard formula.utf8.count <= most else { return String(formula) }
    var rest = Substring(formula)
    var text = ""
    while let first = rest.popFirst() {
      switch first {
      case "\\": text += command(&rest)
      case "^": text += script(argument(&rest), raised, mark: "^")
      case "_": text += script(argument(&rest), lowered, mark: "_")
      case "{", "}": break
      default: text.append(first)
      }
    }
    return text
  }

  /// What stands behind a backslash.
  private static func command(_ rest: inout Substring) -> String {
    let letters = rest.prefix { $0.isLetter }
    let name = letters.isEmpty ? rest.prefix(1) : letters
    rest = rest.dropFirst(name.count)
    switch name {
    case "frac":
      let (above, below) = (argument(&rest), argument(&rest))
      return "\(grouped(above))/\(grouped(below))"
    case "text", "mathrm", "mathbf", "operatorname": return argument(&rest)
    default: return names[String(name)] ?? String(name)
    }
  }

  /// The next group in braces, command or character, written.
  private static func argument(_ rest: inout Substring) -> String {
    rest = rest.drop { $0 == " " }
    guard let first = rest.popFirst() else { return "" }
    if first == "\\" { return command(&rest) }
    guard first == "{" else { return String(first) }
    var depth = 1
    let group = rest.prefix { character in
      depth += character == "{" ? 1 : character == "}" ? -1 : 0
      return depth > 0
    }
    rest = rest.dropFirst(group.count + 1)
    return text(of: group)
  }

  private static func grouped(_ text: String) -> String {
    text.allSatisfy { $0.isLetter || $0.isNumber || "∂".contains($0) } ? text : "(\(text))"
  }

  private static func script(
    _ text: String, _ letters: [Character: Character], mark: String
  ) -> String {
    let written = text.compactMap { letters[$0] }
    if written.count == text.count { return String(written) }
    return mark + (text.count > 1 ? "(\(text))" : text)
  }
}
