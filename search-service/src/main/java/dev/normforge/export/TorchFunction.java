package dev.normforge.export;

import java.util.Locale;

/** Functions and methods that a generated module holds where its formula calls them, in the order in which they stand there. */
enum TorchFunction {
    LOG(false, """
            def _log(a, eps):
                \"""sign(a) * ln(|a| + eps)\"""
                return torch.sign(a) * torch.log(torch.abs(a) + eps)
            """), SQRT(false, """
            def _sqrt(a, eps):
                \"""sign(a) * sqrt(|a| + eps)\"""
                return torch.sign(a) * torch.sqrt(torch.abs(a) + eps)
            """), STD(false, """
            def _std(a, dims, eps):
                \"""Of the biased variance, eps inside the root.\"""
                return torch.sqrt(torch.var(a, dims, unbiased=False, keepdim=True) + eps)
            """), RMS(false, """
            def _rms(a, dims, eps):
                \"""Root of the mean of squares, eps inside.\"""
                return torch.sqrt(torch.mean(torch.square(a), dims, keepdim=True) + eps)
            """), GROUPED(false, """
            def _grouped(a, groups):
                \"""(N, C, H, W) as (N, groups, the rest)\"""
                return a.reshape(a.shape[0], groups, -1)
            """), SPREAD(false, """
            def _spread(moment, a):
                \"""A number of each group, (N, groups, 1), for each of its channels: (N, C, 1, 1)\"""
                return moment.repeat_interleave(a.shape[1] // moment.shape[1], 1).unsqueeze(-1)
            """), GROUP_MEAN(false, """
            def _group_mean(a, groups):
                return _spread(torch.mean(_grouped(a, groups), 2, keepdim=True), a)
            """), GROUP_STD(false, """
            def _group_std(a, groups, eps):
                \"""Of the biased variance, eps inside the root.\"""
                return _spread(torch.sqrt(torch.var(_grouped(a, groups), 2, unbiased=False, keepdim=True) + eps), a)
            """), GROUP_RMS(false, """
            def _group_rms(a, groups, eps):
                \"""Root of the mean of squares, eps inside.\"""
                return _spread(torch.sqrt(torch.mean(torch.square(_grouped(a, groups)), 2, keepdim=True) + eps), a)
            """), BATCH_MEAN(true, """
            def _batch_mean(self, a, running):
                \"""Per channel over batch and space; the running one in evaluation.\"""
                if not self.training:
                    return self._kept(running, a)
                return self._follow(running, torch.mean(a, (0, 2, 3), keepdim=True))
            """), BATCH_VAR(true, """
            def _batch_var(self, a, running):
                \"""Biased variance per channel over batch and space; the running one in evaluation.\"""
                if not self.training:
                    return self._kept(running, a)
                return self._follow(running, torch.var(a, (0, 2, 3), unbiased=False, keepdim=True))
            """), BATCH_MS(true, """
            def _batch_ms(self, a, running):
                \"""Mean of squares per channel over batch and space; the running one in evaluation.\"""
                if not self.training:
                    return self._kept(running, a)
                return self._follow(running, torch.mean(torch.square(a), (0, 2, 3), keepdim=True))
            """), RUNNING(true, """
            def _kept(self, running, a):
                return running.to(a.dtype).view(1, -1, 1, 1)

            def _follow(self, running, batch):
                \"""Returns the batch's own; the running average takes the share `momentum` of it, without gradient.\"""
                with torch.no_grad():
                    running.lerp_(batch.to(running.dtype).expand(1, self.num_features, 1, 1).flatten(), self.momentum)
                return batch
            """);

    private final boolean method;
    private final String text;

    TorchFunction(boolean method, String text) {
        this.method = method;
        this.text = text;
    }

    /** Whether it belongs to the class. */
    boolean isMethod() {
        return method;
    }

    /** What code calls it. */
    String title() {
        return "_" + name().toLowerCase(Locale.ROOT);
    }

    String text() {
        return text;
    }

    /** Whether it calls {@link #GROUPED} and {@link #SPREAD}. */
    boolean needsGroups() {
        return this == GROUP_MEAN || this == GROUP_STD || this == GROUP_RMS;
    }
}
