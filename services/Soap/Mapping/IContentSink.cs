using Integration.Contracts;

namespace Integration.Soap.Mapping;

/// <summary>Keeps binary content that is too large for an event.</summary>
public interface IContentSink
{
    /// <summary>Saves what the stream holds, while it comes from the target.</summary>
    /// <param name="name">The name of the element that holds it.</param>
    /// <param name="content">Decoded; read to its end.</param>
    /// <param name="begun">How many digits of it, base64 or hexadecimal, were read until it was known to be large.</param>
    /// <param name="cancellation">Cancels the call.</param>
    Task<FileReference> SaveAsync(string name, Stream content, long begun, CancellationToken cancellation);
}
