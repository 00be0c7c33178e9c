using Integration.Egress;

namespace Integration.Http;

/// <summary>One call: a request that may be repeated.</summary>
public sealed record HttpCall
{
    private const long LargeBody = 1024 * 1024;

    /// <summary>The method, e.g. GET.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>The absolute address that is called.</summary>
    public required Uri Uri { get; init; }

    /// <summary>
    /// The address as it may stand in messages and logs: without values from the task, so without the query string. E.g.
    /// <c>https://api.example.org/orders/{id}</c>.
    /// </summary>
    public required string Place { get; init; }

    /// <summary>Of the request and of its body; their names say which.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The whole body; null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Whether the body is packed with gzip while it is sent. The default value is false.</summary>
    public bool Compress { get; init; }

    /// <summary>How it proves who it comes from, with its secrets still named. The default value is null: not at all.</summary>
    public Authentication? Authentication { get; init; }

    /// <summary>
    /// How many redirects are followed, those of reading calls and what <see cref="Redirection"/> lets through besides. The
    /// default value is 0: none.
    /// </summary>
    public int Redirects { get; init; }

    /// <summary>A body that is not kept in memory, in the place of <see cref="Body"/>. Null for none.</summary>
    public StreamedBody? Streamed { get; init; }

    /// <summary>
    /// Whether it may be sent again when it is not known whether the first request arrived: false for an operation with the effect
    /// <c>Once</c>.
    /// </summary>
    public required bool MayRepeat { get; init; }

    /// <summary>How long the call may take, and how much it may read.</summary>
    public required CallLimits Limits { get; init; }

    /// <summary>Host and port, by which limits and circuit breakers count.</summary>
    public string Target => HostName.WithPort(Uri.Host, Uri.Port);

    /// <summary>E.g. <c>GET https://api.example.org/orders/{id}</c>.</summary>
    public override string ToString() => $"{Method} {Place}";

    internal HttpRequestMessage ToRequest(Action moved, out SentContent? content)
    {
        // Always a content for what may not be repeated: without one the framework itself repeats a request that got no answer on a reused
        // connection.
        content =
            Streamed is { } streamed ? new StreamedContent(streamed, moved)
            : Body is { } body ? new BytesContent(body)
            : !MayRepeat ? new BytesContent(default)
            : null;
        if (Compress && content is not null && (Body is not null || Streamed is not null))
            content = new GzipContent(content);
        var request = new HttpRequestMessage(Method, Uri) { Content = content };
        foreach (var (name, value) in Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                content?.Headers.TryAddWithoutValidation(name, value);
        }

        if (Streamed is not null)
            Describe(Streamed, request);
        return request;
    }

    // A target that refuses (401, 413, 429) says so before the whole of a large body was sent to it.
    private static void Describe(StreamedBody body, HttpRequestMessage request)
    {
        request.Headers.ExpectContinue = body.Length is null or > LargeBody ? true : null;
        if (body.ContentType is { } type && !request.Content!.Headers.NonValidated.Contains("Content-Type"))
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
    }
}
