{{#abs}}


def _abs(a):
    """|a| with slope 0 at 0, as the layer was trained; {{np}}.abs may have another one there."""
    return a * {{np}}.sign(a)
{{/abs}}
{{#maximum}}


def _maximum(a, b):
    """Half of the gradient for each side at a tie; TensorFlow's own gives one side all of it."""
    return 0.5 * {{np}}.maximum(a, b) + 0.5 * {{np}}.maximum(b, a)
{{/maximum}}
{{#log}}


def _log(a, epsilon):
    """sign(a) * ln(|a| + epsilon)"""
    return {{np}}.sign(a) * {{np}}.log({{np}}.abs(a) + epsilon)
{{/log}}
{{#sqrt}}


def _sqrt(a, epsilon):
    """sign(a) * sqrt(|a| + epsilon)"""
    return {{np}}.sign(a) * {{np}}.sqrt({{np}}.abs(a) + epsilon)
{{/sqrt}}
{{#std}}


def _std(a, axes, epsilon):
    """Of the biased variance, epsilon inside the root."""
    return {{np}}.sqrt({{np}}.var(a, axes, keepdims=True) + epsilon)
{{/std}}
{{#rms}}


def _rms(a, axes, epsilon):
    """Root of the mean of squares, epsilon inside."""
    return {{np}}.sqrt({{np}}.mean({{np}}.square(a), axes, keepdims=True) + epsilon)
{{/rms}}
{{#grouped}}


def _group_size(channels, groups):
    """Channels of each group, for the largest number of groups, at most `groups`, that divides all channels."""
    return next(channels // g for g in range(min(groups, channels), 0, -1) if channels % g == 0)


def _group_mean(a, space, size):
    """Over space and each group of `size` channels, for each of these channels."""
    mean = {{np}}.mean(a, space, keepdims=True)
    groups = {{np}}.mean({{np}}.reshape(mean, (-1, size)), 1, keepdims=True)
    return {{np}}.reshape({{np}}.repeat(groups, size, 1), {{np}}.shape(mean))
{{/grouped}}
{{#groupStd}}


def _group_std(a, space, size, epsilon):
    """Of the biased variance, epsilon inside the root."""
    squares = {{np}}.square(a - _group_mean(a, space, size))
    return {{np}}.sqrt(_group_mean(squares, space, size) + epsilon)
{{/groupStd}}
{{#groupRms}}


def _group_rms(a, space, size, epsilon):
    """Root of the mean of squares, epsilon inside."""
    return {{np}}.sqrt(_group_mean({{np}}.square(a), space, size) + epsilon)
{{/groupRms}}
