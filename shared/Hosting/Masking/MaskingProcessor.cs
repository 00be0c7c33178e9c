using System.Diagnostics;
using OpenTelemetry;

namespace Integration.Hosting;

/// <summary>Spans without secrets.</summary>
internal sealed class MaskingProcessor(SecretMask mask) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (mask.IsEmpty)
            return;
        data.DisplayName = mask.Apply(data.DisplayName);
        if (data.StatusDescription is { } description)
            data.SetStatus(data.Status, mask.Apply(description));
        foreach (var (name, value) in data.TagObjects.ToList())
        {
            if (value is string text && mask.Apply(text) is var masked && !ReferenceEquals(masked, text))
                data.SetTag(name, masked);
        }
    }
}
