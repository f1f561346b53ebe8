/// An SVG file that is being written.
///
/// Numbers have at most two digits behind the point, so that the same chart is the same bytes, and
/// every text is escaped on its way in. Colours come from classes: one set for light pages and one
/// for dark ones, each with its own ground, so that a picture can be read on any page.
struct SVGText {
  private var body = ""
  private let width: Double
  private let height: Double
  private let title: String
  private let description: String

  /// The colours of series, on light and on dark ground.
  static let series: [(light: String, dark: String)] = [
    ("#0b6bcb", "#58a6ff"), ("#d1501c", "#ff9a57"), ("#1a8753", "#4cc38a"),
    ("#8a3ffc", "#bc8cff"), ("#b8217a", "#ff7ac6"), ("#7a6200", "#e3b341"),
    ("#0e7c86", "#56d4dd"), ("#57606a", "#9da7b3"),
  ]

  /// Begins a picture with its alternative for readers who do not see it.
  init(width: Double, height: Double, title: String, description: String) {
    self.width = width
    self.height = height
    self.title = title
    self.description = description
  }

  /// Adds an element; `attributes` are numbers and texts, `content` is escaped.
  mutating func add(_ name: String, _ attributes: [(String, Attribute)], text: String? = nil) {
    let written = attributes.map { " \($0.0)=\"\($0.1.text)\"" }.joined()
    let content = text.map { ">\(Escaping.xml($0))</\(name)>" } ?? "/>"
    body += "<\(name)\(written)\(content)\n"
  }

  /// The value of an attribute.
  enum Attribute: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral
  {
    case number(Double)
    case string(String)
    init(stringLiteral value: String) { self = .string(value) }
    init(floatLiteral value: Double) { self = .number(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }

    var text: String {
      switch self {
      case .number(let number): SVGText.coordinate(number)
      case .string(let string): Escaping.xml(string)
      }
    }
  }

  /// Writes a coordinate with at most two digits behind the point.
  static func coordinate(_ number: Double) -> String {
    guard number.isFinite else { return "0" }
    var text = Substring(NumberText.fixed(number, digits: 2))
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return String(text)
  }

  /// The whole file.
  var file: String {
    let (w, h) = (SVGText.coordinate(width), SVGText.coordinate(height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(w)" height="\(h)" viewBox="0 0 \(w) \(h)" role="img">
      <title>\(Escaping.xml(title))</title>
      <desc>\(Escaping.xml(description))</desc>
      <style>
      \(SVGText.style)
      </style>
      <rect class="ground" width="\(w)" height="\(h)" rx="6"/>
      \(body)</svg>

      """
  }

  private static let style: String = {
    let fixed = """
      text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-size:12px}
      .title{font-size:15px;font-weight:600}
      .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
      .box{fill-opacity:.08;stroke-width:1.5}.name{font-weight:600}
      .grid{stroke-width:1}.axis{stroke-width:1}.end{text-anchor:end}.middle{text-anchor:middle}
      image{image-rendering:optimizeSpeed;image-rendering:pixelated}
      """
    return fixed + "\n" + colours(dark: false) + "\n@media (prefers-color-scheme:dark){\n"
      + colours(dark: true) + "\n}"
  }()

  private static func colours(dark: Bool) -> String {
    let plain = [
      (".ground", "fill", "#ffffff", "#0d1117"), ("text", "fill", "#57606a", "#9da7b3"),
      (".title,.name,.weak", "fill", "#1f2328", "#e6edf3"),
      (".strong", "fill", "#ffffff", "#0d1117"),
      (".grid", "stroke", "#eaeef2", "#21262d"),
      (".axis", "stroke", "#8c959f", "#6e7681"), (".frame", "stroke", "#d0d7de", "#30363d"),
    ]
    let fixed = plain.map { "\($0.0){\($0.1):\(dark ? $0.3 : $0.2)}" }
    let series = series.enumerated().map { number, colour in
      let value = dark ? colour.dark : colour.light
      return ".s\(number){stroke:\(value)}.f\(number){fill:\(value)}"
    }
    return (fixed + series).joined()
  }
}
