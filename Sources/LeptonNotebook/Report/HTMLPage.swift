import CMarkGFM
import Glibc
import LeptonDisplay

/// A report as one page of HTML.
///
/// libcmark-gfm makes a tree of the Markdown; the blocks that are ours are replaced in it by HTML of
/// our own (coloured code, pictures, the frames around what cells gave), and libcmark writes the rest.
struct HTMLPage {
  private let report: String
  private let title: String
  /// Pictures as SVG, by the link under which the report shows them.
  private let pictures: [String: String]

  init(_ markdown: String, title: String, pictures: [String: String]) {
    let front = FrontMatterText(of: LineTable(markdown))
    report = String(markdown.dropFirst(front.text.count))
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
    return String(cString: html)
  }

  /// Replaces what the page shows in its own way.
  private func replaceOurs(in document: OpaquePointer) {
    var found: [(node: OpaquePointer, type: cmark_node_type, html: String)] = []
    let iterator = cmark_iter_new(document)
    defer { cmark_iter_free(iterator) }
    while case let event = cmark_iter_next(iterator), event != CMARK_EVENT_DONE {
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
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

  /// A cell's code in colours; expectations and outputs as they are.
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
    return "<img src=\"\(data)\" alt=\"\(Escaping.xml(Self.text(in: node)))\">"
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
