"""Eight-bit models: ONNX Runtime's static quantisation (U8S8) and OpenVINO's by NNCF."""
import logging

import nncf
import openvino
from onnxruntime.quantization import (CalibrationDataReader, CalibrationMethod, QuantFormat,
                                      QuantType, quant_pre_process, quantize_static)

from networks import inputs

CALIBRATION_SEEDS = range(200, 206)


class Scans(CalibrationDataReader):
    """The scans that activations are measured on."""

    def __init__(self, variant, width):
        self.seeds = iter(CALIBRATION_SEEDS)
        self.variant = variant
        self.width = width

    def get_next(self):
        seed = next(self.seeds, None)
        return None if seed is None else {"input": calibration_scan(self.variant, self.width, seed)}


def calibration_scan(variant, width, seed):
    """One scan as an array."""
    return inputs(variant, width, seed)[0].numpy()


def quantize(variant, width, folder):
    """Writes `u8s8_WIDTH.onnx` and `nncf_WIDTH.xml` from `model_WIDTH.onnx`."""
    source = folder / f"model_{width}.onnx"
    prepared = folder / f"prepared_{width}.onnx"
    logging.getLogger().setLevel(logging.ERROR)
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_static(
        str(prepared), str(folder / f"u8s8_{width}.onnx"), Scans(variant, width),
        quant_format=QuantFormat.QDQ, activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8, per_channel=True,
        calibrate_method=CalibrationMethod.MinMax)
    prepared.unlink()
    scans = [calibration_scan(variant, width, seed) for seed in CALIBRATION_SEEDS]
    quantized = nncf.quantize(
        openvino.Core().read_model(str(source)), nncf.Dataset(scans),
        preset=nncf.QuantizationPreset.PERFORMANCE, subset_size=len(scans))
    openvino.save_model(quantized, str(folder / f"nncf_{width}.xml"))
