import CMarkGFM
import Glibc
import LeptonDisplay

/// A report as one page of HTML.
///
/// libcmark-gfm makes a tree of the Markdown; the blocks that are ours are replaced in it by HTML of
/// our own (coloured code, pictures, the frames around what cells gave), and libcmark writes the rest.
struct HTMLPage {
  /// The report with signs in the place of the formulas of its prose.
  private let report: String
  private let formulas: ProseFormulas
  private let title: String
  /// Pictures as SVG, by the link under which the report shows them.
  private let pictures: [String: String]

  init(_ markdown: String, title: String, pictures: [String: String]) {
    let front = FrontMatterText(of: LineTable(markdown))
    formulas = ProseFormulas(of: String(markdown.dropFirst(front.text.count)))
    report = formulas.text
    self.title = title
    self.pictures = pictures
  }

  /// The file.
  var text: String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <title>\(Escaping.xml(title))</title>
    <style>
    \(HTMLStyle.text)
    </style>
    </head>
    <body>
    <main>
    \(content)</main>
    </body>
    </html>

    """
  }

  private var content: String {
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return "" }
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "tasklist"] {
      if let extension_ = cmark_find_syntax_extension(name) {
        cmark_parser_attach_syntax_extension(parser, extension_)
      }
    }
    cmark_parser_feed(parser, report, report.utf8.count)
    guard let document = cmark_parser_finish(parser) else { return "" }
    defer { cmark_node_free(document) }
    replaceOurs(in: document)
    let extensions = cmark_parser_get_syntax_extensions(parser)
    guard let html = cmark_render_html(document, CMARK_OPT_DEFAULT, extensions) else { return "" }
    defer { free(html) }
    return formulas.html(of: String(cString: html))
  }

  /// Replaces what the page shows in its own way.
  private func replaceOurs(in document: OpaquePointer) {
    var found: [(node: OpaquePointer, type: cmark_node_type, html: String)] = []
    let iterator = cmark_iter_new(document)
    defer { cmark_iter_free(iterator) }
    while case let event = cmark_iter_next(iterator), event != CMARK_EVENT_DONE {
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
      restoreFormulas(in: node)
      switch cmark_node_get_type(node) {
      case CMARK_NODE_CODE_BLOCK:
        if let html = code(node) { found.append((node, CMARK_NODE_CUSTOM_BLOCK, html)) }
      case CMARK_NODE_HTML_BLOCK:
        if let html = frame(node) { found.append((node, CMARK_NODE_CUSTOM_BLOCK, html)) }
      case CMARK_NODE_IMAGE:
        if let html = picture(node) { found.append((node, CMARK_NODE_CUSTOM_INLINE, html)) }
      default: continue
      }
    }
    for (node, type, html) in found {
      guard let custom = cmark_node_new(type) else { continue }
      cmark_node_set_on_enter(custom, html)
      if cmark_node_replace(node, custom) == 1 {
        cmark_node_free(node)
      } else {
        cmark_node_free(custom)
      }
    }
  }

  /// Puts the sources of formulas back where Markdown found no prose: in code, addresses and HTML.
  private func restoreFormulas(in node: OpaquePointer) {
    guard !formulas.isEmpty else { return }
    func restore(
      _ text: UnsafePointer<CChar>?, _ set: (OpaquePointer?, UnsafePointer<CChar>?) -> Int32
    ) {
      guard let text = text.map({ String(cString: $0) }) else { return }
      let restored = formulas.restored(text)
      if restored != text { _ = set(node, restored) }
    }
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT:
      if Self.isInImage(node) { restore(cmark_node_get_literal(node), cmark_node_set_literal) }
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      restore(cmark_node_get_url(node), cmark_node_set_url)
      restore(cmark_node_get_title(node), cmark_node_set_title)
    case CMARK_NODE_CODE_BLOCK:
      restore(cmark_node_get_fence_info(node), cmark_node_set_fence_info)
      restore(cmark_node_get_literal(node), cmark_node_set_literal)
    default: restore(cmark_node_get_literal(node), cmark_node_set_literal)
    }
  }

  /// Whether a text is what an image says to who does not see it.
  private static func isInImage(_ node: OpaquePointer) -> Bool {
    var parent = cmark_node_parent(node)
    while let current = parent {
      if cmark_node_get_type(current) == CMARK_NODE_IMAGE { return true }
      parent = cmark_node_parent(current)
    }
    return false
  }

  /// A cell's code in colours; expectations and outputs as they are; a formula set.
  private func code(_ node: OpaquePointer) -> String? {
    guard let info = cmark_node_get_fence_info(node), let literal = cmark_node_get_literal(node)
    else { return nil }
    let words = String(cString: info).split(separator: " ")
    let code = String(cString: literal)
    switch words.first {
    case "lepton": return "<pre class=\"cell\"><code>\(CodeHTML.html(of: code))</code></pre>\n"
    case "expect":
      return
        "<pre class=\"expect\"><code>\(Escaping.xml(code, keepingLineEnds: true))</code></pre>\n"
    case "math": return ProseFormulas.html(ofFence: code)
    default: return nil
    }
  }

  /// The frame around what a run added: a comment opens it, a comment closes it.
  private func frame(_ node: OpaquePointer) -> String? {
    let comment = cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    if let region = OutputRegion(opening: comment.trimmed) {
      return "<section class=\"\(region.rawValue)\">\n"
    }
    return comment.trimmed == OutputRegion.end ? "</section>\n" : nil
  }

  private func picture(_ node: OpaquePointer) -> String? {
    guard let url = cmark_node_get_url(node).map({ String(cString: $0) }), let svg = pictures[url]
    else { return nil }
    let data = PictureStore.dataURL(of: svg)
    return "<img src=\"\(data)\" alt=\"\(Escaping.xml(formulas.restored(Self.text(in: node))))\">"
  }

  /// The text that stands in a node.
  private static func text(in node: OpaquePointer) -> String {
    var text = ""
    var child = cmark_node_first_child(node)
    while let current = child {
      text += cmark_node_get_literal(current).map { String(cString: $0) } ?? self.text(in: current)
      child = cmark_node_next(current)
    }
    return text
  }
}
