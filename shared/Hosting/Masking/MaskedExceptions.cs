using System.Diagnostics;

namespace Integration.Hosting;

/// <summary>
/// Exceptions on spans without secrets: what a target answered is quoted in many a message. They are masked when they are
/// recorded, as the events of a span cannot be changed later.
/// </summary>
internal sealed class MaskedExceptions : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly SecretMask _mask;

    public MaskedExceptions(SecretMask mask)
    {
        _mask = mask;
        _listener = new ActivityListener { ShouldListenTo = static _ => true, ExceptionRecorder = Record };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    // What is added here takes the place of the text that the framework would add.
    private void Record(Activity activity, Exception exception, ref TagList tags)
    {
        if (_mask.IsEmpty)
            return;
        var text = exception.ToString();
        var masked = _mask.Apply(text);
        if (ReferenceEquals(masked, text))
            return;
        tags.Add("exception.message", _mask.Apply(exception.Message));
        tags.Add("exception.stacktrace", masked);
    }
}
