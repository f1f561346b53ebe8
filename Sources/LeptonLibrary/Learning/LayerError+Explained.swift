import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// Calls a model that is ready; what does not suit it is told at the call, not at the layer.
func calling<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let mistake as LayerError {
    throw mistake.described
  }
}

extension LayerError: Explained {
  /// The mistake at the place of the layer in the user's text, with what went in under the caret.
  public var explained: LanguageError {
    let site = (layer as? LayerObject)?.site ?? (layer as? CallableLayer)?.site
    let error = site == nil ? described : error
    var explained = LanguageError(error.code, error.message, help: error.help)
    explained.site = site
    explained.label = site == nil ? "" : circumstance
    return explained
  }
}
