using Integration.Errors;

namespace Integration.Rest.Request;

/// <summary>Whether the body of a request is packed.</summary>
internal static class Compression
{
    public static bool Of(RequestOperation.Input input, IReadOnlyDictionary<string, string> headers) =>
        input.Compress && headers.ContainsKey("Content-Encoding")
            ? throw InvalidInput.At("headers.Content-Encoding", "is set by compress as well. Keep one of them.")
            : input.Compress;
}
