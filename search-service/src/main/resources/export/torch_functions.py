def _log(a, eps):
    """sign(a) * ln(|a| + eps)"""
    return torch.sign(a) * torch.log(torch.abs(a) + eps)


def _sqrt(a, eps):
    """sign(a) * sqrt(|a| + eps)"""
    return torch.sign(a) * torch.sqrt(torch.abs(a) + eps)


def _std(a, dims, eps):
    """Of the biased variance, eps inside the root."""
    return torch.sqrt(torch.var(a, dims, unbiased=False, keepdim=True) + eps)


def _rms(a, dims, eps):
    """Root of the mean of squares, eps inside."""
    return torch.sqrt(torch.mean(torch.square(a), dims, keepdim=True) + eps)


def _grouped(a, groups):
    """(N, C, H, W) as (N, groups, the rest)"""
    return a.unflatten(1, (groups, a.shape[1] // groups)).flatten(2)


def _spread(moment, a):
    """A number of each group, (N, groups, 1), for each of its channels: (N, C, 1, 1)"""
    return moment.repeat_interleave(a.shape[1] // moment.shape[1], 1).unsqueeze(-1)


def _group_mean(a, groups):
    return _spread(torch.mean(_grouped(a, groups), 2, keepdim=True), a)


def _group_std(a, groups, eps):
    """Of the biased variance, eps inside the root."""
    return _spread(torch.sqrt(torch.var(_grouped(a, groups), 2, unbiased=False, keepdim=True) + eps), a)


def _group_rms(a, groups, eps):
    """Root of the mean of squares, eps inside."""
    return _spread(torch.sqrt(torch.mean(torch.square(_grouped(a, groups)), 2, keepdim=True) + eps), a)


def _flat(vector):
    return None if vector is None else vector.flatten()


def _group_norm(a, groups, eps, weight=None, bias=None):
    """(a - mean) / std of each group, then weight and bias."""
    a = a.contiguous()  # in channels_last the CPU takes differences of squares, which cancel
    return torch.group_norm(a, groups, _flat(weight), _flat(bias), eps)  # unlike functional's takes single values


def _batch_mean(self, a, running):
    """Per channel over batch and space; the running one in evaluation."""
    if not self.training:
        return self._kept(running, a)
    return self._follow(running, torch.mean(a, (0, 2, 3), keepdim=True))


def _batch_var(self, a, running):
    """Biased variance per channel over batch and space; the running one in evaluation."""
    if not self.training:
        return self._kept(running, a)
    return self._follow(running, torch.var(a, (0, 2, 3), unbiased=False, keepdim=True))


def _batch_ms(self, a, running):
    """Mean of squares per channel over batch and space; the running one in evaluation."""
    if not self.training:
        return self._kept(running, a)
    return self._follow(running, torch.mean(torch.square(a), (0, 2, 3), keepdim=True))


def _batch_norm(self, a, running_mean, running_var, weight=None, bias=None):
    """(a - mean) / std per channel over batch and space, then weight and bias; with the running ones in evaluation."""
    mean, var = None, None
    if self.training:
        with torch.no_grad():  # batch_norm itself would follow the unbiased variance
            batch_var, batch_mean = torch.var_mean(a, (0, 2, 3), unbiased=False, keepdim=True)
        self._follow(running_mean, batch_mean)
        self._follow(running_var, batch_var)
    else:
        mean, var = running_mean.to(a.dtype), running_var.to(a.dtype)
    cudnn = torch.backends.cudnn.enabled
    return torch.batch_norm(a, _flat(weight), _flat(bias), mean, var, self.training, 0.0, self.eps, cudnn)


def _kept(self, running, a):
    return running.to(a.dtype).view(1, -1, 1, 1)


def _follow(self, running, batch):
    """Returns the batch's own; the running average takes the share `momentum` of it, without gradient."""
    with torch.no_grad():
        running.lerp_(batch.to(running.dtype).expand(1, self.num_features, 1, 1).flatten(), self.momentum)
    return batch
