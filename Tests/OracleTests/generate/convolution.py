"""Convolution, pooling and enlarging, by PyTorch (see requirements-torch.txt)."""

import numpy as np
import torch
import torch.nn.functional as F

from oracle import Family, call, lep

family = Family()
CONVOLUTIONS = {1: F.conv1d, 2: F.conv2d}
TRANSPOSED = {1: F.conv_transpose1d, 2: F.conv_transpose2d}
LARGEST = {1: F.max_pool1d, 2: F.max_pool2d}
MEAN = {1: F.avg_pool1d, 2: F.avg_pool2d}
ADAPTIVE = {1: F.adaptive_avg_pool1d, 2: F.adaptive_avg_pool2d}


def front(x):
    """Channels behind the batch, where PyTorch wants them."""
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(x, -1, 1)))


def back(y):
    return np.moveaxis(y.detach().numpy(), 1, -1)


def turned(w):
    """Filters with outputs and inputs in front."""
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(w, [-1, -2], [0, 1])))


def refusing(body):
    """What PyTorch refuses is a mistake in the input."""

    def answer():
        try:
            return body()
        except RuntimeError as error:
            raise ValueError(str(error)) from error

    return answer


def picture(draw, axes, channels):
    sizes = [draw.randint(1, 2)] + [draw.randint(2, 5) for _ in range(axes)] + [channels]
    return draw.tensor(shape=sizes, low=-2, high=2, special=0, type="float64")


class Convolution:
    """A convolution drawn by chance."""

    def __init__(self, draw, axes, transposed=False):
        self.axes = axes
        groups = draw.choice([1, 1, 1, 2])
        inputs, outputs = groups * draw.randint(1, 2), groups * draw.randint(1, 2)
        window = [draw.randint(1, 3) for _ in range(axes)]
        self.x = picture(draw, axes, inputs + groups * draw.maybe(0.03))
        shape = [outputs // groups, inputs] if transposed else [inputs // groups, outputs]
        self.w = draw.tensor(shape=window + shape, low=-2, high=2, special=0, type="float64")
        self.stride = [draw.choice([1, 1, 2, 3]) for _ in range(axes)]
        self.padding = [draw.choice([0, 0, 1, 2]) for _ in range(axes)]
        self.dilation = [draw.choice([1, 1, 1, 2]) for _ in range(axes)]
        self.groups = groups

    @property
    def named(self):
        return dict(
            stride=self.stride, padding=self.padding, dilation=self.dilation, groups=self.groups
        )

    def of(self, x, w):
        return CONVOLUTIONS[self.axes](
            x, w, None, self.stride, self.padding, self.dilation, self.groups
        )

    def slope(self, argument):
        x, w = front(self.x).requires_grad_(), turned(self.w).requires_grad_()
        (self.of(x, w) ** 3).sum().backward()
        if argument == 0:
            return back(x.grad)
        return w.grad.permute(list(range(2, self.axes + 2)) + [1, 0]).numpy()


def convolutions(axes):
    @family.word(f"convolve_{axes}d", single=1e-5, double=1e-13)
    def _(draw):
        drawn = Convolution(draw, axes)
        return call("convolve", drawn.x, drawn.w, **drawn.named), refusing(
            lambda: back(drawn.of(front(drawn.x), turned(drawn.w)))
        )

    @family.word(f"convolve_{axes}d_gradient", single=1e-5, double=1e-12)
    def _(draw):
        drawn, argument = Convolution(draw, axes), draw.randint(0, 1)
        named = ",".join(f"{name}={lep(value)}" for name, value in drawn.named.items())
        text = f"grad((x,w)->sum(convolve(x,w,{named})^3),{argument})"
        return f"{text}({lep(drawn.x)},{lep(drawn.w)})", refusing(lambda: drawn.slope(argument))

    @family.word(f"convolve_transpose_{axes}d", single=1e-5, double=1e-13)
    def _(draw):
        drawn = Convolution(draw, axes, transposed=True)
        extra = [draw.randint(0, stride - 1) for stride in drawn.stride]
        named = dict(drawn.named, output_padding=extra)
        return call("convolve_transpose", drawn.x, drawn.w, **named), refusing(
            lambda: back(
                TRANSPOSED[axes](
                    front(drawn.x), turned(drawn.w), None, drawn.stride, drawn.padding, extra,
                    drawn.groups, drawn.dilation,
                )
            )
        )


def windows(draw, axes):
    """The size, the stride and the padding of windows, as arguments of a word."""
    size = [draw.randint(1, 3) for _ in range(axes)]
    stride = [draw.randint(1, 3) for _ in range(axes)]
    padding = [draw.randint(0, one // 2) for one in size]
    return size, stride, padding


def poolings(axes):
    @family.word(f"max_pool_{axes}d", single=1e-6, double=1e-15)
    def _(draw):
        x, (size, stride, padding) = picture(draw, axes, draw.randint(1, 2)), windows(draw, axes)
        layer = call("max_pool", size, stride=stride, padding=padding)
        return f"{layer}({lep(x)})", refusing(
            lambda: back(LARGEST[axes](front(x), size, stride, padding))
        )

    @family.word(f"max_pool_{axes}d_gradient", single=1e-6, double=1e-13)
    def _(draw):
        x, (size, stride, padding) = picture(draw, axes, draw.randint(1, 2)), windows(draw, axes)
        layer = call("max_pool", size, stride=stride, padding=padding)

        def slope():
            leaf = front(x).requires_grad_()
            (LARGEST[axes](leaf, size, stride, padding) ** 3).sum().backward()
            return back(leaf.grad)

        return f"grad(x->sum({layer}(x)^3))({lep(x)})", refusing(slope)

    @family.word(f"avg_pool_{axes}d", single=1e-6, double=1e-14)
    def _(draw):
        x, (size, stride, padding) = picture(draw, axes, draw.randint(1, 2)), windows(draw, axes)
        counts = draw.maybe()
        layer = call("avg_pool", size, stride=stride, padding=padding, count_padding=counts)
        return f"{layer}({lep(x)})", refusing(
            lambda: back(MEAN[axes](front(x), size, stride, padding, count_include_pad=counts))
        )

    @family.word(f"adaptive_avg_pool_{axes}d", single=1e-6, double=1e-14)
    def _(draw):
        x = picture(draw, axes, draw.randint(1, 2))
        size = [draw.randint(1, 6) for _ in range(axes)]
        return f"{call('adaptive_avg_pool', size)}({lep(x)})", refusing(
            lambda: back(ADAPTIVE[axes](front(x), size))
        )

    @family.word(f"upsample_{axes}d", single=1e-6, double=1e-14)
    def _(draw):
        x, factor = picture(draw, axes, draw.randint(1, 2)), draw.randint(1, 3)
        mode = draw.choice(["nearest", "bilinear"])
        named = mode if mode == "nearest" else {1: "linear", 2: "bilinear"}[axes]
        options = {} if mode == "nearest" else dict(align_corners=False)
        return f"{call('upsample', factor, mode)}({lep(x)})", refusing(
            lambda: back(F.interpolate(front(x), scale_factor=factor, mode=named, **options))
        )


for number in (1, 2):
    convolutions(number)
    poolings(number)
