"""The engines that can be compared: each loads one network and returns what runs it once.

An engine is a function of a `Task` that returns its version, a function that runs the network, and a
function that turns what that returned into scores `[1, classes, rows, columns]`.
"""
import dataclasses
import pathlib

import numpy as np


@dataclasses.dataclass
class Task:
    """One network at one width, its input (and mask), and how many threads run it."""

    folder: pathlib.Path
    width: int
    threads: int
    variant: object
    inputs: dict

    def path(self, name):
        """A file of the network as text."""
        return str(self.folder / name.format(width=self.width))


def torch_engine(channels_last):
    """PyTorch without compilation."""
    def load(task):
        import torch

        from networks import build
        torch.set_num_threads(task.threads)
        network = build(task.variant, calibrate=False)
        network.load_state_dict(torch.load(task.path("weights.pt")))
        example = [torch.from_numpy(array) for array in task.inputs.values()]
        if channels_last:
            network = network.to(memory_format=torch.channels_last)
            example = [array.to(memory_format=torch.channels_last) for array in example]

        def run():
            with torch.inference_mode():
                return network(*example)
        return f"PyTorch {torch.__version__}", run, lambda scores: scores.numpy()
    return load


def onnx_runtime(model):
    """ONNX Runtime with all optimisations."""
    def load(task):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = task.threads
        options.inter_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        session = onnxruntime.InferenceSession(
            task.path(model), options, providers=["CPUExecutionProvider"])

        def run():
            return session.run(None, task.inputs)[0]
        return f"ONNX Runtime {onnxruntime.__version__}", run, lambda scores: scores
    return load


def openvino_engine(model):
    """OpenVINO for latency; what is not quantised is computed in 32 bits."""
    def load(task):
        import openvino
        settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": task.threads,
                    "INFERENCE_PRECISION_HINT": "f32", "NUM_STREAMS": 1}
        compiled = openvino.Core().compile_model(task.path(model), "CPU", settings)
        request = compiled.create_infer_request()
        for name, array in task.inputs.items():
            request.set_tensor(name, openvino.Tensor(array, shared_memory=True))

        def scores(_):
            return request.get_output_tensor().data
        return f"OpenVINO {openvino.__version__.split('-')[0]}", request.infer, scores
    return load


def ncnn_engine(task):
    """ncnn on the processor in 32 bits."""
    import ncnn
    net = ncnn.Net()
    net.opt.num_threads = task.threads
    for option in ("use_vulkan_compute", "use_fp16_packed", "use_fp16_storage",
                   "use_fp16_arithmetic", "use_bf16_storage"):
        setattr(net.opt, option, False)
    if net.load_param(task.path("model_{width}.ncnn.param")) or \
            net.load_model(task.path("model_{width}.ncnn.bin")):
        raise SystemExit("ncnn cannot read its model")
    features = ncnn.Mat(np.ascontiguousarray(task.inputs["input"][0])).clone()
    first, last = net.input_names()[0], net.output_names()[0]

    def run():
        extractor = net.create_extractor()
        extractor.input(first, features)
        return extractor.extract(last)[1]
    return f"ncnn {ncnn.__version__}", run, lambda scores: np.array(scores)[None]


ENGINES = {
    "ort": onnx_runtime("model_{width}.onnx"),
    "ov": openvino_engine("model_{width}.onnx"),
    "ncnn": ncnn_engine,
    "torch_cl": torch_engine(channels_last=True),
    "torch_eager": torch_engine(channels_last=False),
    "ov_int8": openvino_engine("nncf_{width}.xml"),
    "ort_u8s8": onnx_runtime("u8s8_{width}.onnx"),
}
NEEDED = {
    "ort": "model_{width}.onnx", "ov": "model_{width}.onnx", "ncnn": "model_{width}.ncnn.bin",
    "torch_cl": "weights.pt", "torch_eager": "weights.pt", "ov_int8": "nncf_{width}.xml",
    "ort_u8s8": "u8s8_{width}.onnx"}
LABELS = {
    "ours": "lidarseg", "ours_int8": "lidarseg, int8", "ort": "ONNX Runtime", "ov": "OpenVINO",
    "ncnn": "ncnn", "torch_cl": "PyTorch, channels last", "torch_eager": "PyTorch",
    "ov_int8": "OpenVINO, int8 (NNCF)", "ort_u8s8": "ONNX Runtime, int8 (U8S8)"}
EIGHT_BIT = {"ours_int8", "ov_int8", "ort_u8s8"}


def available(folder, width):
    """The engines whose models a network's folder has."""
    return [name for name, file in NEEDED.items() if (folder / file.format(width=width)).exists()]
