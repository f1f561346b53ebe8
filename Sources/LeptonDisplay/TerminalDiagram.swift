import LeptonSession
import LeptonSyntax

/// A diagram for a terminal: a line for each layer, the shapes that go on between them.
struct TerminalDiagram {
  private let diagram: Diagram
  private let width: Int
  private let ink: Ink

  init(_ diagram: Diagram, width: Int, ink: Ink) {
    self.diagram = diagram
    self.width = width
    self.ink = ink
  }

  /// The diagram as lines.
  var text: String {
    let title = diagram.title.isEmpty ? [] : [ink(.heading, Escaping.visible(diagram.title))]
    let roots = DiagramNode.tree(of: diagram.boxes)
    let input = "  input " + ink(.faint, Escaping.visible(diagram.input))
    return (title + [input] + roots.flatMap(lines)).joined(separator: "\n")
  }

  private func lines(of root: DiagramNode) -> [String] {
    [arrow] + box(root) + [shape(root.box.output)]
  }

  private var arrow: String { "    " + ink(.faint, "↓") }

  private func shape(_ shape: String) -> String {
    "    " + ink(.faint, "│ " + Escaping.visible(shape))
  }

  private func box(_ node: DiagramNode) -> [String] {
    let indent = String(repeating: "  ", count: node.box.depth + 1)
    let shapeText = node.box.depth > 0 ? [node.box.output] : []
    let detail = ([node.box.detail] + shapeText).filter { !$0.isEmpty }.joined(separator: " · ")
    let room = max(8, width - displayWidth(of: detail) - indent.count - 4)
    let title = Layout.shortened(Escaping.visible(node.box.title), to: room)
    let line = indent + ink(.series(node.box.depth), "▌") + title
    let tail = detail.isEmpty ? "" : "  " + ink(.faint, Escaping.visible(detail))
    return [line + tail] + node.children.flatMap(box)
  }
}
