using System.Diagnostics;
using OpenTelemetry;

namespace Integration.Hosting;

/// <summary>Spans without secrets.</summary>
internal sealed class MaskingProcessor(SecretMask mask) : BaseProcessor<Activity>
{
    private readonly MaskedExceptions _exceptions = new(mask);

    public override void OnEnd(Activity data)
    {
        if (mask.IsEmpty)
            return;
        data.DisplayName = mask.Apply(data.DisplayName);
        if (data.StatusDescription is { } description)
            data.SetStatus(data.Status, mask.Apply(description));
        foreach (var (name, value) in data.TagObjects.ToList())
        {
            if (value is string text && IsTelling(text))
                data.SetTag(name, mask.Apply(text));
        }

        // Of events only exceptions can be masked. Any other event with a secret in it keeps its span from being exported.
        foreach (var happened in data.Events)
        foreach (var (_, value) in happened.Tags)
        {
            if (value is string text && IsTelling(text))
                data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _exceptions.Dispose();
        base.Dispose(disposing);
    }

    private bool IsTelling(string text) => !ReferenceEquals(mask.Apply(text), text);
}
