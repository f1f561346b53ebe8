import LeptonData
import LeptonFiles
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Files whose content is sound.
  static var soundFiles: [Builtin] { [wav, writeWAV] }

  private static var wav: Builtin {
    Builtin(
      "wav(path)", "The sound in a file: `{samples, rate}`.",
      details: """
        `samples` are `float32` from -1 to 1, `[frames]`, or `[frames, channels]` if there are several \
        channels; `rate` is the number of frames in a second. FLAC, AIFF and Ogg files are read too. \
        \(aboutReading)
        """
    ) { (context: Context, path: String) -> Record in
      let sound = try Sound(reading: context.files.content(of: path), name: path)
      return ["samples": .tensor(sound.samples), "rate": .int(sound.rate)]
    }
  }

  private static var writeWAV: Builtin {
    Builtin(
      "write_wav(path, samples, rate)", "Writes a sound to a WAV file, with 16 bits a sample.",
      details: "What is beyond -1 and 1 is cut off. `wav` reads it again. \(aboutPaths)"
    ) { (context: Context, path: String, samples: Tensor, rate: Int) -> Value in
      try context.files.write(Sound(samples: samples, rate: rate).wav(), to: path)
      return .nothing
    }
  }
}
