import LeptonSession
import LeptonSyntax

/// Draws the layers of a model as SVG: boxes that data go through from top to bottom, the shape of what
/// goes on beside each arrow, layers that stand in another within its box.
public enum DiagramSVG {
  /// Draws a diagram.
  public static func picture(of diagram: Diagram) -> Picture {
    var drawing = DiagramDrawing(diagram)
    drawing.draw()
    return Picture(svg: drawing.file, alternative: diagram.sentence)
  }
}

/// A diagram that is being drawn.
private struct DiagramDrawing {
  private static let margin = 16.0
  private static let arrow = 30.0
  private static let inset = 14.0
  private static let nestedGap = 8.0

  let diagram: Diagram
  let roots: [DiagramNode]
  let width: Double
  var svg: SVGText
  private var y: Double

  init(_ diagram: Diagram) {
    self.diagram = diagram
    roots = DiagramNode.tree(of: diagram.boxes)
    width = min(max(260, roots.map { $0.width(inset: Self.inset) }.max() ?? 0), 720)
    let top = Self.margin + (diagram.title.isEmpty ? 0 : 30)
    y = top
    let boxes = roots.reduce(0) { $0 + $1.height(gap: Self.nestedGap) + Self.arrow + 6 }
    let titleWidth = Double(displayWidth(of: diagram.title)) * 8.5
    svg = SVGText(
      width: max(width, titleWidth) + 2 * Self.margin, height: top + boxes + 48 + Self.margin,
      title: diagram.title.isEmpty ? "Diagram" : diagram.title, description: diagram.sentence)
  }

  var file: String { svg.file }

  mutating func draw() {
    if !diagram.title.isEmpty { write(diagram.title, "title", x: Self.margin, y: 29) }
    let middle = Self.margin + width / 2
    write("input \(diagram.input)", "middle", x: middle, y: y + 14)
    y += 20
    for root in roots {
      drawArrow(x: middle)
      let height = root.height(gap: Self.nestedGap)
      draw(root, x: Self.margin, y: y, width: width)
      y += height
      write(root.box.output, nil, x: middle + 10, y: y + Self.arrow / 2 + 6)
      y += 6
    }
    if !roots.isEmpty { drawArrow(x: middle) }
    write("output", "middle", x: middle, y: y + 14)
  }

  private mutating func draw(_ node: DiagramNode, x: Double, y: Double, width: Double) {
    let height = node.height(gap: Self.nestedGap)
    let ink = node.box.depth % SVGText.series.count
    svg.add(
      "rect",
      [
        ("class", .string("box s\(ink) f\(ink)")), ("x", .number(x + 0.5)),
        ("y", .number(y + 0.5)), ("width", .number(width - 1)), ("height", .number(height - 1)),
        ("rx", 6),
      ])
    let room = max(8, Int((width - 24) / 7.4))
    write(Layout.shortened(node.box.title, to: room), "name", x: x + 12, y: y + 19)
    let detail = ([node.box.detail] + (node.box.depth > 0 ? [node.box.output] : []))
      .filter { !$0.isEmpty }.joined(separator: " · ")
    if !detail.isEmpty {
      write(Layout.shortened(detail, to: room), nil, x: x + 12, y: y + 36)
    }
    var inner = y + node.headHeight
    for child in node.children {
      draw(child, x: x + Self.inset, y: inner, width: width - 2 * Self.inset)
      inner += child.height(gap: Self.nestedGap) + Self.nestedGap
    }
  }

  private mutating func drawArrow(x: Double) {
    let end = y + Self.arrow - 6
    let path = "M\(SVGText.coordinate(x)) \(SVGText.coordinate(y))V\(SVGText.coordinate(end))"
    let tip = "m-4 -6l4 6l4 -6"
    svg.add("path", [("class", "line axis"), ("d", .string(path + tip))])
    y += Self.arrow - 4
  }

  private mutating func write(_ text: String, _ name: String?, x: Double, y: Double) {
    let place: [(String, SVGText.Attribute)] = [("x", .number(x)), ("y", .number(y))]
    let attributes = name.map { [("class", SVGText.Attribute.string($0))] } ?? []
    svg.add("text", attributes + place, text: text)
  }
}

/// A box with those that stand in it.
struct DiagramNode {
  let box: Diagram.Box
  var children: [DiagramNode] = []

  /// The boxes at the root, each with what stands in it.
  static func tree(of boxes: [Diagram.Box]) -> [DiagramNode] {
    var rest = boxes[...]
    return level(0, &rest)
  }

  private static func level(_ depth: Int, _ rest: inout ArraySlice<Diagram.Box>) -> [DiagramNode] {
    var nodes: [DiagramNode] = []
    while let box = rest.first, box.depth >= depth {
      rest.removeFirst()
      nodes.append(DiagramNode(box: box, children: level(box.depth + 1, &rest)))
    }
    return nodes
  }

  /// The height of its own two lines.
  var headHeight: Double { box.detail.isEmpty && box.depth == 0 ? 30 : 46 }

  /// The height of the box, with all that stands in it.
  func height(gap: Double) -> Double {
    children.reduce(headHeight) { $0 + $1.height(gap: gap) + gap } + (children.isEmpty ? 0 : 4)
  }

  /// The width that its texts need.
  func width(inset: Double) -> Double {
    let own = max(
      Double(displayWidth(of: box.title)) * 7.4,
      Double(displayWidth(of: box.detail) + displayWidth(of: box.output) + 3) * 6.8)
    return max(own + 24, (children.map { $0.width(inset: inset) }.max() ?? 0) + 2 * inset)
  }
}

extension Diagram {
  /// One sentence for readers who do not see it.
  var sentence: String {
    let roots = boxes.filter { $0.depth == 0 }
    let steps = roots.prefix(40).map { "\($0.title) gives \($0.output)" }
    let more = roots.count > 40 ? ["\(roots.count - 40) more layers"] : []
    let name = title.isEmpty ? "Model" : title
    return "\(name): input \(input), \((steps + more).joined(separator: ", "))."
  }
}
