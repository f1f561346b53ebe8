"""The networks of lepton.lep in ONNX Runtime, on two threads."""

import gzip
import pathlib
import statistics
import time

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

DATA = pathlib.Path(__file__).resolve().parents[3] / "notebooks/data/mnist"
FILE = DATA / "t10k-images-idx3-ubyte.gz"
pictures = np.frombuffer(gzip.open(FILE).read(), np.uint8)[16:].reshape(-1, 28, 28) / np.float32(255)
rng = np.random.default_rng(1)


def weights(**shapes):
    return [
        numpy_helper.from_array((rng.standard_normal(shape) * 0.05).astype(np.float32), name)
        for name, shape in shapes.items()
    ]


def session(nodes, parameters, shape):
    graph = helper.make_graph(
        nodes, "network", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", *shape])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 10])], parameters)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"])


node = helper.make_node
mlp = session(
    [
        node("Gemm", ["x", "w1", "b1"], ["a"]), node("Relu", ["a"], ["b"]),
        node("Gemm", ["b", "w2", "b2"], ["c"]), node("Relu", ["c"], ["d"]),
        node("Gemm", ["d", "w3", "b3"], ["e"]), node("Softmax", ["e"], ["y"], axis=1),
    ],
    weights(w1=(784, 128), b1=(128,), w2=(128, 64), b2=(64,), w3=(64, 10), b3=(10,)), [784])
cnn = session(
    [
        node("Conv", ["x", "w1", "b1"], ["a"], pads=[1] * 4), node("Relu", ["a"], ["b"]),
        node("MaxPool", ["b"], ["c"], kernel_shape=[2, 2], strides=[2, 2]),
        node("Conv", ["c", "w2", "b2"], ["d"], pads=[1] * 4), node("Relu", ["d"], ["e"]),
        node("MaxPool", ["e"], ["f"], kernel_shape=[2, 2], strides=[2, 2]),
        node("Flatten", ["f"], ["g"]), node("Gemm", ["g", "w3", "b3"], ["h"]),
        node("Softmax", ["h"], ["y"], axis=1),
    ],
    weights(w1=(16, 1, 3, 3), b1=(16,), w2=(32, 16, 3, 3), b2=(32,), w3=(1568, 10), b3=(10,)),
    [1, 28, 28])


def seconds(function, calls):
    def call():
        start = time.perf_counter()
        function()
        return time.perf_counter() - start

    for _ in range(20):
        function()
    return statistics.median(call() for _ in range(calls))


for name, network, shape in [("mlp", mlp, (-1, 784)), ("cnn", cnn, (-1, 1, 28, 28))]:
    one, many = (np.ascontiguousarray(pictures[:n].reshape(shape)) for n in (1, 1024))
    print("seconds", 1000 * seconds(lambda: network.run(None, {"x": one}), 3000), f"{name}, one picture 1000 times")
    print("seconds", 10 * seconds(lambda: network.run(None, {"x": many}), 60), f"{name}, 1024 pictures 10 times")
