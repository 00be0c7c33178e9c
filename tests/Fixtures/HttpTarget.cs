using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Integration.Fixtures;

/// <summary>An external system on loopback that speaks HTTP well.</summary>
public sealed class HttpTarget : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _connections;

    private HttpTarget(Func<HttpContext, Task> answer, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    listen.Use(
                        (connection, next) =>
                        {
                            Interlocked.Increment(ref _connections);
                            return next(connection);
                        }
                    );
                    if (certificate is null)
                        return;
                    listen.Protocols = HttpProtocols.Http1AndHttp2;
                    listen.UseHttps(certificate);
                }
            )
        );
        _app = builder.Build();
        _app.Run(async context =>
        {
            Requests.Enqueue(await ReceivedRequest.ReadAsync(context));
            await answer(context);
        });
    }

    /// <summary>Where it listens, with <c>127.0.0.1</c> as its host.</summary>
    public Uri Uri { get; private set; } = null!;

    /// <summary>How many connections came.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Every request, in the order in which they came.</summary>
    public ConcurrentQueue<ReceivedRequest> Requests { get; } = [];

    /// <summary>Starts it.</summary>
    /// <param name="answer">Answers every request; its body has been read into <see cref="Requests"/> already.</param>
    /// <param name="certificate">For https.</param>
    public static async Task<HttpTarget> StartAsync(
        Func<HttpContext, Task> answer,
        X509Certificate2? certificate = null
    )
    {
        var target = new HttpTarget(answer, certificate);
        await target._app.StartAsync();
        target.Uri = new Uri(target._app.Urls.Single());
        return target;
    }

    /// <summary>Answers every request with the same.</summary>
    public static Task<HttpTarget> AnsweringAsync(
        int status,
        string body = "",
        string contentType = "application/json"
    ) =>
        StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync(body);
        });

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>A request as it arrived.</summary>
/// <param name="Method">E.g. GET.</param>
/// <param name="Target">Path and query exactly as sent.</param>
/// <param name="Headers">Without regard to case.</param>
/// <param name="Body">As text; unpacked.</param>
/// <param name="Protocol">E.g. HTTP/2.</param>
public sealed record ReceivedRequest(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    string Protocol
)
{
    internal static async Task<ReceivedRequest> ReadAsync(HttpContext context)
    {
        await using var body =
            context.Request.Headers.ContentEncoding == "gzip"
                ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
                : context.Request.Body;
        using var reader = new StreamReader(body);
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        return new ReceivedRequest(
            request.Method,
            request.RawTarget,
            request.Headers.ToDictionary(
                header => header.Key,
                header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase
            ),
            await reader.ReadToEndAsync(context.RequestAborted),
            request.Protocol
        );
    }
}
