def self_check(fixture):
    """How far this file is from the reference interpreter, in double precision: {what: |difference| / |expected|}.

    A gradient that cancels is rounding alone: none counts as smaller than a millionth of all of them together.
    """
    distances = {}
    for what, step, found in _steps(fixture):
        least = 1e-6 * np.linalg.norm([np.linalg.norm(gradient) for gradient in step["gradients"].values()])
        gradients = {f"gradient of {name}": values for name, values in step["gradients"].items()}
        for name, expected in {"output": step["y"], **gradients, **step["running"]}.items():
            size = max(np.linalg.norm(expected), least if name in gradients else 1e-6)
            distances[f"{what}: {name}"] = np.linalg.norm(np.ravel(found[name]) - expected) / size
    return distances


if __name__ == "__main__":
    {{doubles}}
    file = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).with_name("fixture.json")
    with open(file, encoding="utf-8") as opened:
        distances = self_check(json.load(opened))
    for what, distance in distances.items():
        print(f"{distance:9.1e}  {what}")
    agrees = all(distance < 1e-8 for distance in distances.values())
    print("agrees with the reference interpreter" if agrees else "DIFFERS from the reference interpreter")
    sys.exit(0 if agrees else 1)
