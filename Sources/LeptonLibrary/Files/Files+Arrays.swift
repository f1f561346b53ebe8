import LeptonData
import LeptonFiles
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Files whose content is tensors.
  static var arrayFiles: [Builtin] {
    [npy, writeNPY, npz, writeNPZ, idx, safetensors, writeSafetensors, arrayFile]
  }

  private static var npy: Builtin {
    Builtin(
      "npy(path)", "The tensor in a file of NumPy's format for one array.",
      details: """
        `numpy.save` writes such files. Whole numbers of 16 bits become `int32`, those without a sign the next \
        type that holds them, fractions of 16 bits `float32`; a complex number becomes a pair along one more \
        axis. Arrays of Python objects are refused, because they are programs. \(aboutReading)
        """
    ) { (context: Context, path: String) in
      try NPY.tensor(context.files.content(of: path), name: path)
    }
  }

  private static var writeNPY: Builtin {
    Builtin(
      "write_npy(path, x)", "Writes a tensor to a file in NumPy's format for one array.",
      details: "`npy` reads it again, as `numpy.load` does. \(aboutPaths)"
    ) { (context: Context, path: String, x: Tensor) -> Value in
      try context.files.write(NPY.bytes(of: x), to: path)
      return .nothing
    }
  }

  private static var npz: Builtin {
    Builtin(
      "npz(path, names = nothing)",
      "The tensors in a file of NumPy's format for several arrays, as a record.",
      details: """
        `numpy.savez` and `numpy.savez_compressed` write such files. `names=["a"]` reads some of the arrays, so that \
        others may be texts or dates. \(aboutReading)
        """
    ) { (context: Context, path: String, names: Names?) in
      let bytes = try context.files.content(of: path)
      return Record(tensors: try NPZ.tensors(bytes, named: names?.list, name: path))
    }
  }

  private static var writeNPZ: Builtin {
    Builtin(
      "write_npz(path, tensors)",
      "Writes a record of tensors to a file in NumPy's format for several arrays.",
      details: "`npz` reads it again, as `numpy.load` does. \(aboutPaths)"
    ) { (context: Context, path: String, tensors: Record) -> Value in
      try context.files.write(NPZ.bytes(of: tensors.tensors()), to: path)
      return .nothing
    }
  }

  private static var idx: Builtin {
    Builtin(
      "idx(path)", "The tensor in a file of the IDX format, in which MNIST comes.",
      details: aboutReading
    ) { (context: Context, path: String) in
      try IDX.tensor(context.files.content(of: path), name: path)
    }
  }

  private static var safetensors: Builtin {
    Builtin(
      "safetensors(path)", "The tensors in a file of the safetensors format, as a record.",
      details: "`load(file)` reads a whole model that `save` has written. \(aboutReading)"
    ) { (context: Context, path: String) in
      let file = try Safetensors(reading: context.files.content(of: path), name: path)
      return Record(tensors: file.tensors.map { ($0.name, $0.tensor) })
    }
  }

  private static var writeSafetensors: Builtin {
    Builtin(
      "write_safetensors(path, tensors)",
      "Writes a record of tensors to a file in the safetensors format.",
      details: "`safetensors` reads it again, as Python's package of that name does. \(aboutPaths)"
    ) { (context: Context, path: String, tensors: Record) -> Value in
      let entries = try tensors.tensors().map { Safetensors.Entry($0.name, $0.tensor) }
      try context.files.write(Safetensors(entries).bytes(), to: path)
      return .nothing
    }
  }

  private static var arrayFile: Builtin {
    Builtin(
      "array_file(path, name = nothing)",
      "An array in a file, of which rows are read when an index asks for them: an array larger than memory.",
      details: """
        The file is of NumPy's format for one array, of the IDX format or of the safetensors format, in which `name` \
        says which tensor is meant if there are several. `x[0:1000]`, `x[places]` and `x[mask]` are tensors of some \
        rows, `x[5]` is one row; `len(x)` counts them, and `x.shape` and `x.type` are those of the whole. \
        `dataset(x, y)` takes such arrays as inputs and as targets, and gives its examples in parts, as a `stream` \
        does. What gzip has packed must be unpacked before, and an array must stand row by row. The file stays open: it is an \
        error if it is written to meanwhile. \(aboutPaths)
        """
    ) { (context: Context, path: String, name: String?) in
      ArrayFileObject(
        try ArrayFile(context.files.opened(path), tensor: name), tensor: name)
    }
  }
}

extension Record {
  fileprivate init(tensors: [(name: String, tensor: Tensor)]) {
    self.init()
    for (name, tensor) in tensors { self[name] = .tensor(tensor) }
  }

  /// The values as tensors, numbers and lists included.
  fileprivate func tensors() throws -> [(name: String, tensor: Tensor)] {
    try zip(names, values).map { ($0, try Tensor.bridging($1)) }
  }
}
