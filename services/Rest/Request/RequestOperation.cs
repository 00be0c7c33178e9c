using System.Text.Json;
using Integration.Egress;
using Integration.Http;
using Integration.Sdk;
using Microsoft.Extensions.Options;

namespace Integration.Rest.Request;

/// <summary>Calls a REST interface.</summary>
/// <remarks>Declared as <see cref="Effect.Once"/>, the cautious one; the method of the request decides.</remarks>
[Operation("rest.request", Version = 1, Effect = Effect.Once)]
public sealed class RequestOperation(
    HttpCaller http,
    Secrets secrets,
    IOptions<RestOptions> rest,
    IOptions<HttpTransportOptions> transport
) : Operation<RequestOperation.Input, RequestOperation.Output>
{
    /// <summary>What to call and how.</summary>
    /// <param name="Url">
    /// Absolute, <c>http</c> or <c>https</c>. Its path may hold <c>{placeholders}</c> that are filled from
    /// <paramref name="Path"/>.
    /// </param>
    /// <param name="Method">The default value is <c>GET</c>.</param>
    /// <param name="Path">A value for each placeholder: text, number or boolean. Escaped as one path segment.</param>
    /// <param name="Query">
    /// Query parameters: text, number or boolean; a list repeats the name; null is left out. They may name secrets.
    /// </param>
    /// <param name="Headers">Request headers: text, number or boolean; null is left out. Name secrets as <c>{{secrets.NAME}}</c>, and never write them out: tasks are stored.</param>
    /// <param name="Body">
    /// Sent as JSON. With a <c>Content-Type</c> header that is not JSON it must be a text, which is sent as it is.
    /// </param>
    /// <param name="Expect">Statuses that are a success: <c>200</c>, <c>"2xx"</c>, <c>"200-204"</c>. The default value is <c>["2xx"]</c>.</param>
    /// <param name="Errors">Answers that are business errors. The first that fits is raised, whatever <paramref name="Expect"/> says.</param>
    /// <param name="Timeouts">In seconds; bounded by the service's settings.</param>
    /// <param name="Retries">
    /// How often to repeat the call inside this attempt, when that is safe. The default value and the bound are settings of
    /// the service.
    /// </param>
    /// <param name="IdempotencyHeader">
    /// Name of a header that carries the task id, e.g. <c>Idempotency-Key</c>. Set it only when the target honours it: a
    /// POST or PATCH is then repeated safely instead of ending in doubt.
    /// </param>
    /// <param name="MaxAnswerBytes">Largest answer that is taken; bounded by the service's settings.</param>
    /// <param name="Authentication">How the call proves who it comes from. The default value is none.</param>
    /// <param name="Redirects">
    /// How many redirects are followed: those of GET and HEAD, and of other methods with an effect that may be repeated where the
    /// target itself asks for it (303, 307, 308). Another origin gets neither credentials nor headers of the task, and a body only the
    /// same origin. The default value is 0: none. Bounded by the service's settings.
    /// </param>
    public sealed record Input(
        string Url,
        RequestMethod Method = RequestMethod.Get,
        IReadOnlyDictionary<string, JsonElement>? Path = null,
        [MayHoldSecrets] IReadOnlyDictionary<string, JsonElement>? Query = null,
        [MayHoldSecrets] IReadOnlyDictionary<string, JsonElement>? Headers = null,
        JsonElement? Body = null,
        IReadOnlyList<StatusRange>? Expect = null,
        IReadOnlyList<DeclaredError>? Errors = null,
        RequestTimeouts? Timeouts = null,
        int? Retries = null,
        string? IdempotencyHeader = null,
        int? MaxAnswerBytes = null,
        [MayHoldSecrets] Authentication? Authentication = null,
        int? Redirects = null
    );

    /// <summary>The answer.</summary>
    /// <param name="Status">E.g. 200.</param>
    /// <param name="Headers">By lower-case name; several values are joined with commas. Without cookies and credentials.</param>
    /// <param name="Body">The JSON when the answer is JSON, otherwise a text; absent when there is none.</param>
    public sealed record Output(int Status, IReadOnlyDictionary<string, string> Headers, JsonElement? Body = null);

    /// <inheritdoc />
    public override Effect EffectOf(Input input, Effect declared)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Method switch
        {
            RequestMethod.Get or RequestMethod.Head or RequestMethod.Options => Effect.Read,
            RequestMethod.Put or RequestMethod.Delete => Effect.Idempotent,
            _ => input.IdempotencyHeader is null ? declared : Effect.Idempotent,
        };
    }

    /// <inheritdoc />
    public override string? TargetOf(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var uri = RequestAddress.Of(input).Uri;
        return HostName.WithPort(uri.Host, uri.Port);
    }

    /// <inheritdoc />
    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(task);
        ExpectedStatuses.Check(input.Expect);
        DeclaredErrors.Check(input.Errors);
        var redirects = RequestLimits.Redirects(input, rest.Value);
        var limits = RequestLimits.Of(input, rest.Value, transport.Value);
        var call = RequestCall.Of(
            await RequestSecrets.RevealAsync(input, secrets, cancellation),
            task,
            limits,
            redirects
        );
        return await http.SendAsync(call, answer => AnswerReader.Read(call, input, answer), cancellation);
    }
}
