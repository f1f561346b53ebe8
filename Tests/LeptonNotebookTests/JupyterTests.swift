import Foundation
import LeptonJSON
import LeptonNotebook
import Testing

/// Converts a notebook to Jupyter's format and back.
private func thereAndBack(_ text: String) throws -> String {
  let bytes = try JupyterDocument(Notebook(parsing: text, name: "n.lnb")).bytes()
  return try JupyterReader.text(of: bytes, name: "n.ipynb")
}

@Suite struct JupyterTests {
  private static let notebooks = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("notebooks").path

  private static let files =
    (FileManager.default.enumerator(atPath: notebooks)?
    .compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".lnb") }.sorted()

  @Test("Every notebook of the project comes back byte for byte", arguments: files)
  func project(name: String) throws {
    let text = try String(contentsOfFile: "\(Self.notebooks)/\(name)", encoding: .utf8)
    #expect(try thereAndBack(text) == text)
  }

  @Test(
    "Unusual layout comes back byte for byte",
    arguments: [
      "", "\n\n", "# H", "# H\n", "```lepton\n1\n```\n", "```lepton\n1\n```",
      "\n```lepton\n1\n```\n\n\n",
      "a\n```lepton\n1\n```\n```lepton\n2\n```\nb\n", "~~~~ lepton #x raises\n1\n~~~~\n\n\nend",
      "```lepton\n1\n```\n```expect\n1\n```\n\n\n```expect rtol=1e-3\n2\n```\n",
      "---\ntitle: x\n---\n\n\n# H\n\n```lepton tags=a,b\n\n1\n\n```\n\ntext\n\n\n\ntext\n",
      "---\nparams:\n  lr: 0.5\n---\n# H\nmore\n\n```lepton\nlr\n```\n",
      "```lepton\n```\n\n```lepton\n\n```\n",
      "   ```lepton\n   1\n   ```\n", "text\n\n```lepton\n\"\\u0041 σ 日本\"\n```\n",
    ])
  func layout(text: String) throws {
    #expect(try thereAndBack(text) == text)
  }

  @Test func `generated layouts come back byte for byte`() throws {
    let parts = [
      "\n", "text\n", "# H\n", "\n\n", "```lepton\n1\n```\n", "```lepton #a\n```\n",
      "```expect\n1\n```\n", "    indented\n", "- list\n", "```python\n1\n```\n",
      "~~~lepton\n2\n~~~\n",
    ]
    var state: UInt64 = 7
    func roll(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    for _ in 0..<500 {
      let text = (0..<roll(8)).map { _ in parts[roll(parts.count)] }.joined()
      #expect(try thereAndBack(text) == text, "\(text.debugDescription)")
    }
  }

  @Test func `parameters stand in a cell that papermill finds`() throws {
    let text = "---\nparams:\n  lr: 0.5\n---\n# H\n\n" + notebook("#a raises tags=x|lr")
    let json = JupyterDocument(Notebook(parsing: text, name: "n.lnb")).json
    let cells = try #require(json["cells"]?.arrayValue)
    #expect(cells.map { $0["cell_type"]?.stringValue } == ["markdown", "code", "code"])
    #expect(cells[1]["metadata"]?["tags"] == ["parameters"])
    #expect(cells[1]["source"] == ["lr = 0.5"])
    #expect(cells[2]["metadata"]?["tags"] == ["x", "raises-exception"])
    #expect(cells[2]["id"] == "a")
  }

  @Test func `MyST has cells with tags, parameters and a kernel`() {
    let text =
      "---\ntitle: T\nparams: {lr: 0.5}\n---\n# H\n\n" + notebook("#a raises tags=x|lr")
    #expect(
      MySTDocument(Notebook(parsing: text, name: "n.lnb")).text == """
        ---
        title: T
        params: {lr: 0.5}
        jupytext:
          text_representation: {extension: .md, format_name: myst, format_version: 0.13}
        kernelspec: {name: lepton, display_name: Lepton, language: lepton}
        ---
        # H

        ```{code-cell} lepton
        :tags: [parameters]

        lr = 0.5
        ```

        ```{code-cell} lepton
        :tags: [x, raises-exception]

        lr
        ```

        """)
  }

  @Test func `a run keeps what each cell gave`() throws {
    let run = try FakeRun(
      notebook("#a|print 1\nvalue 2\ntable\nchart\nrecord m 3\nexpect false", "#b|fail x/y"))
    let cells = try #require(JupyterDocument(run.result).json["cells"]?.arrayValue)
    let outputs = try #require(cells[0]["outputs"]?.arrayValue)
    #expect(
      outputs.map { $0["output_type"]?.stringValue } == [
        "stream", "display_data", "display_data", "display_data", "display_data", "display_data",
      ])
    #expect(outputs[3]["data"]?["image/svg+xml"] != nil)
    #expect(cells[0]["execution_count"] == 1)
    #expect(cells[1]["outputs"]?[0]?["ename"] == "x/y")
  }

  @Test(
    "What is no Jupyter notebook of ours is refused",
    arguments: [
      "", "{}", #"{"nbformat": 3, "cells": []}"#, #"{"nbformat": 4, "cells": [{}]}"#,
      #"{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"language": "python"}}}"#,
    ])
  func refused(text: String) {
    #expect(throws: RunRefusal.self) {
      try JupyterReader.text(of: Array(text.utf8), name: "n.ipynb")
    }
  }
}
