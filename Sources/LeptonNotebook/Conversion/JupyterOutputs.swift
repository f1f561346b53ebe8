import LeptonDisplay
import LeptonJSON
import LeptonSession

/// What a cell gave, as Jupyter keeps it.
enum JupyterOutputs {
  /// The outputs of a cell that was the run's so-manieth.
  static func json(of outcome: CellOutcome, count: Int) -> [JSON] {
    let outputs = outcome.outputs.map(json)
    let note = StatusText.note(outcome.status).map {
      data(["text/markdown": $0, "text/plain": $0])
    }
    return outputs + (note.map { [$0] } ?? [])
  }

  private static func json(of output: Output) -> JSON {
    let plain = TerminalRenderer(width: 100).text(of: output)
    switch output {
    case .text(let text): return stream(text + "\n")
    case .failure(let failure):
      return [
        "output_type": "error", "ename": .string(failure.code), "evalue": .string(failure.message),
        "traceback": .array(plain.split(separator: "\n").map { .string(String($0)) }),
      ]
    case .value, .tensor: return data(["text/plain": plain])
    case .table, .notice, .elapsed, .record, .verdict, .wish:
      return data(["text/markdown": markdown(of: output), "text/plain": plain])
    case .chart, .heatmap, .diagram, .images:
      return data([
        "image/svg+xml": picture(of: output).svg, "text/plain": picture(of: output).alternative,
      ])
    }
  }

  private static func markdown(of output: Output) -> String {
    MarkdownRenderer.markdown(of: output) { _ in "" }
  }

  private static func picture(of output: Output) -> Picture {
    var picture = Picture(svg: "", alternative: "")
    _ = MarkdownRenderer.markdown(of: output) {
      picture = $0
      return ""
    }
    return picture
  }

  private static func stream(_ text: String) -> JSON {
    ["output_type": "stream", "name": "stdout", "text": lines(text)]
  }

  private static func data(_ forms: KeyValuePairs<String, String>) -> JSON {
    [
      "output_type": "display_data", "metadata": [:],
      "data": .object(forms.map { JSON.Member($0.key, lines($0.value)) }),
    ]
  }

  private static func lines(_ text: String) -> JSON {
    .array(text.linesWithEnds.map { .string($0) })
  }
}
