/// How an exported file is checked by ONNX Runtime.
package enum ONNXVerification {
  /// What the script says with `--json`.
  package struct Finding: Codable, Equatable, Sendable {
    /// Whether the file gives what it must.
    package var passed: Bool
    /// What is wrong, a sentence each.
    package var faults: [String]
    /// The greatest difference of a score from the golden one; missing where the file did not run.
    package var greatestDifference: Double?
    /// The share of cells whose most probable class is the golden one, where that leads clearly.
    package var agreement: Double?
    /// Who ran the file.
    package var runtime: String

    /// What there is to say of files that are not run, because they are not those that were exported.
    package init(changes: [String]) {
      passed = false
      faults = changes
      runtime = "nobody"
    }
  }

  /// The script's exit code where Python lacks a module.
  package static let missingModuleStatus: Int32 = 3

  /// Compares the scores of the golden scan, and whatever else the file gives, with what they must be.
  ///
  /// It lies in every exported folder, and is the same that `lidarseg` runs.
  package static let script = #"""
    #!/usr/bin/env python3
    """Checks that ONNX Runtime computes with the file in this folder what lidarseg computed.

        python3 verify.py [FOLDER] [--json]

    Needs NumPy and ONNX Runtime: python3 -m pip install numpy onnxruntime
    Ends with 0 where the file does what it must, with 6 where not, with 3 where a module is missing.
    """
    import hashlib
    import json
    import pathlib
    import sys

    try:
        import numpy
        import onnxruntime
    except ImportError as error:
        print("this needs: python3 -m pip install numpy onnxruntime", error, sep="\n", file=sys.stderr)
        sys.exit(3)


    def changed_files(folder, manifest):
        """Files that are missing or not as they were written."""
        for file in manifest["files"]:
            path = folder / file["name"]
            if not path.is_file():
                yield f"{file['name']} is missing"
            elif hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
                yield f"{file['name']} has changed since it was exported"


    def run(folder, manifest):
        """Every output of the file for the golden scan, by name."""
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        if manifest["isQuantized"]:
            # Integer kernels of some processors saturate; what the file says is checked, not these.
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        session = onnxruntime.InferenceSession(
            str(folder / manifest["file"]), options, providers=["CPUExecutionProvider"])
        inputs = {port["name"]: numpy.load(folder / port["golden"]) for port in manifest["inputs"]}
        names = [port["name"] for port in manifest["outputs"]]
        return dict(zip(names, session.run(names, inputs)))


    def compare(found, manifest, golden):
        """What is wrong with the outputs, the greatest difference, and the share of equal classes."""
        faults = []
        for port in manifest["outputs"]:
            if list(found[port["name"]].shape) != port["shape"]:
                faults.append(f"{port['name']} has the shape {list(found[port['name']].shape)}")
        scores = found["scores"]
        if faults:
            return faults, None, None
        differences = numpy.abs(scores.astype(numpy.float64) - golden)
        worst = numpy.unravel_index(numpy.argmax(differences), differences.shape)
        greatest = float(differences[worst])
        tolerance = manifest["tolerance"]
        if not greatest <= tolerance:
            _, channel, row, column = (int(index) for index in worst)
            faults.append(
                f"scores differ by up to {greatest:.3g} (class {manifest['classes'][channel]}, row {row},"
                f" column {column}), more than {tolerance:.3g}")
        ranked = numpy.sort(golden, axis=1)
        clear = (ranked[:, -1] - ranked[:, -2] > 2 * tolerance) if ranked.shape[1] > 1 else golden[:, 0] > 0
        equal = scores.argmax(axis=1) == golden.argmax(axis=1)
        agreement = float(equal[clear].mean()) if clear.any() else 1.0
        if not agreement >= manifest["agreement"]:
            faults.append(f"only {agreement:.6f} of the cells have the class that they must")
        if "classes" in found and not (found["classes"] == scores.argmax(axis=1)).all():
            faults.append("classes are not those of the greatest scores")
        if "probabilities" in found:
            powers = numpy.exp(scores - scores.max(axis=1, keepdims=True))
            expected = powers / powers.sum(axis=1, keepdims=True)
            if not numpy.abs(found["probabilities"] - expected).max() <= 1e-5:
                faults.append("probabilities are not the softmax of the scores")
        return faults, greatest, agreement


    def main():
        words = [word for word in sys.argv[1:] if word != "--json"]
        folder = pathlib.Path(words[0]) if words else pathlib.Path(__file__).resolve().parent
        manifest = json.loads((folder / "export.json").read_text())
        faults = list(changed_files(folder, manifest))
        greatest = agreement = None
        if not faults:
            golden_name = next(port["golden"] for port in manifest["outputs"] if port["name"] == "scores")
            try:
                found = run(folder, manifest)
                faults, greatest, agreement = compare(
                    found, manifest, numpy.load(folder / golden_name).astype(numpy.float64))
            except Exception as error:
                lines = str(error).strip().splitlines() or [type(error).__name__]
                faults.append(f"{manifest['file']} does not run: {lines[0]}")
        finding = {
            "passed": not faults, "faults": faults,
            # JSON has no word for what is not finite.
            "greatestDifference": greatest if greatest is None or numpy.isfinite(greatest) else None,
            "agreement": agreement, "runtime": f"ONNX Runtime {onnxruntime.__version__}"}
        if "--json" in sys.argv:
            print(json.dumps(finding))
        elif faults:
            print("\n".join(faults), file=sys.stderr)
        else:
            print(f"{manifest['file']}: scores differ by up to {greatest:.3g},"
                  f" {100 * agreement:.4g} % of the classes agree ({finding['runtime']})")
        sys.exit(6 if faults else 0)


    main()

    """#
}
