import LeptonSyntax

extension LanguageError {
  /// What is at fault when a call fails: the place that is known, the argument that is wrong, or the call.
  func place(inCall call: CallSite) -> CallSite {
    site ?? argument?.site(inCallAt: call.span, of: call.source) ?? call
  }
}

extension LanguageError.Argument {
  /// Finds the argument in the text of the call that failed; `nil` if that is another word's call, or
  /// the argument does not stand in it.
  fileprivate func site(inCallAt span: Span, of source: Source) -> CallSite? {
    let statement = Parser.parse(Source(name: source.name, text: source[span])).statements.first
    guard case .expression(let expression)? = statement?.kind,
      case .call(let callee, let arguments) = expression.kind
    else { return nil }
    var position = position
    switch callee.kind {
    case .name(word): break
    case .field(let receiver, let name) where name.text == word:
      if position == 0 { return CallSite(source, receiver.span.moved(by: span.start)) }
      position -= 1
    default: return nil
    }
    let positional = arguments.filter { $0.name == nil }
    let named = arguments.first { $0.name?.text == parameter }
    let argument = named ?? (position < positional.count ? positional[position] : nil)
    return argument.map { CallSite(source, $0.value.span.moved(by: span.start)) }
  }
}

extension CallSite {
  /// What stands before the parentheses of the call; `nil` if no call stands there.
  var callee: Expression? {
    let statement = Parser.parse(Source(name: source.name, text: source[span])).statements.first
    guard case .expression(let expression)? = statement?.kind,
      case .call(let callee, _) = expression.kind
    else { return nil }
    return callee
  }
}

extension Span {
  /// The range behind `distance` more bytes.
  fileprivate func moved(by distance: Int) -> Span { Span(start + distance, end + distance) }
}
