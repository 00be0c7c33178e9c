using System.Text.Json;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Files;
using Integration.Files.S3;
using Integration.Http;
using Integration.Sdk;
using Microsoft.Extensions.Options;

namespace Integration.Rest.Request;

/// <summary>Calls a REST interface.</summary>
/// <remarks>Declared as <see cref="Effect.Once"/>, the cautious one; the method of the request decides.</remarks>
[Operation("rest.request", Version = 1, Effect = Effect.Once)]
[RaisesFrom(typeof(HttpCaller))]
[RaisesFrom(typeof(StatusErrors))]
[RaisesFrom(typeof(DeclaredErrors))]
[RaisesFrom(typeof(DeclaredFailures))]
[RaisesFrom(typeof(Secrets))]
[RaisesFrom(typeof(S3Files))]
internal sealed class RequestOperation(
    HttpCaller http,
    Secrets secrets,
    IFileStores files,
    SavedAnswers saved,
    IOptions<RestOptions> rest,
    IOptions<HttpTransportOptions> transport
) : Operation<RequestOperation.Input, RequestOperation.Output>
{
    /// <summary>What to call and how. At most one of body, form, multipart, base64 and file is the body.</summary>
    /// <param name="Url">
    /// Absolute, <c>http</c> or <c>https</c>. Its path may hold <c>{placeholders}</c> that are filled from
    /// <paramref name="Path"/>.
    /// </param>
    /// <param name="Method">
    /// Any method of HTTP in capitals, but <c>CONNECT</c> and <c>TRACE</c>. The default value is <c>GET</c>.
    /// </param>
    /// <param name="Path">A value for each placeholder: text, number or boolean. Escaped as one path segment.</param>
    /// <param name="Query">
    /// Query parameters: text, number or boolean; a list repeats the name; null is left out. A secret must be declared
    /// for the parameter.
    /// </param>
    /// <param name="Headers">
    /// Request headers: text, number or boolean; null is left out. Name secrets as <c>{{secrets.NAME}}</c>, and never write
    /// them out: tasks are stored.
    /// </param>
    /// <param name="Body">
    /// Sent as JSON. With a <c>Content-Type</c> header that is not JSON it must be a text, which is sent as it is.
    /// </param>
    /// <param name="Form">
    /// Fields of a form, sent as <c>application/x-www-form-urlencoded</c>: text, number or boolean; a list repeats the name; null
    /// is left out. A secret must be declared for the field.
    /// </param>
    /// <param name="Multipart">Parts of a <c>multipart/form-data</c> body, e.g. files to upload.</param>
    /// <param name="Base64">A body of bytes, in base64.</param>
    /// <param name="File">A file reference whose content is the body; streamed, and checked against its size and hash.</param>
    /// <param name="Answer">How the body of the answer is wanted: as JSON, text, XML, base64 or file.</param>
    /// <param name="Expect">Statuses that are a success: <c>200</c>, <c>"2xx"</c>, <c>"200-204"</c>. The default value is <c>["2xx"]</c>.</param>
    /// <param name="Errors">Answers that are business errors. The first that fits is raised, whatever <paramref name="Expect"/> says.</param>
    /// <param name="Failures">
    /// Answers that are technical failures, whatever <paramref name="Expect"/> says. The first that fits counts, after
    /// <paramref name="Errors"/>.
    /// </param>
    /// <param name="Timeouts">In seconds; bounded by the service's settings.</param>
    /// <param name="Retries">
    /// How often to repeat the call inside this attempt, when that is safe. The default value and the bound are settings of
    /// the service.
    /// </param>
    /// <param name="IdempotencyHeader">
    /// Name of a header that carries the task id, e.g. <c>Idempotency-Key</c>. Set it only when the target honours it: a
    /// POST or PATCH is then repeated safely instead of ending in doubt.
    /// </param>
    /// <param name="MaxAnswerBytes">
    /// Largest answer that is put into the outputs; bounded by the service's settings. A file may be larger.
    /// </param>
    /// <param name="Authentication">How the call proves who it comes from. The default value is none.</param>
    /// <param name="Redirects">
    /// How many redirects are followed: those of GET and HEAD, and of other methods with an effect that may be repeated where the
    /// target itself asks for it (303, 307, 308). Another origin gets neither credentials nor headers of the task, and a body only the
    /// same origin. The default value is 0: none. Bounded by the service's settings.
    /// </param>
    /// <param name="Compress">
    /// Whether the body is sent packed with gzip. Few targets take that without being asked. The default value is false.
    /// </param>
    public sealed record Input(
        string Url,
        string Method = "GET",
        IReadOnlyDictionary<string, JsonElement>? Path = null,
        [MayHoldSecrets] IReadOnlyDictionary<string, JsonElement>? Query = null,
        [MayHoldSecrets] IReadOnlyDictionary<string, JsonElement>? Headers = null,
        JsonElement? Body = null,
        [MayHoldSecrets] IReadOnlyDictionary<string, JsonElement>? Form = null,
        IReadOnlyList<RequestPart>? Multipart = null,
        string? Base64 = null,
        FileReference? File = null,
        AnswerForm? Answer = null,
        IReadOnlyList<StatusRange>? Expect = null,
        IReadOnlyList<DeclaredError>? Errors = null,
        IReadOnlyList<DeclaredFailure>? Failures = null,
        RequestTimeouts? Timeouts = null,
        int? Retries = null,
        string? IdempotencyHeader = null,
        int? MaxAnswerBytes = null,
        [MayHoldSecrets] Authentication? Authentication = null,
        int? Redirects = null,
        bool Compress = false
    );

    /// <summary>The answer. At most one of body, base64 and file is its body; none when it has none.</summary>
    /// <param name="Status">E.g. 200.</param>
    /// <param name="Headers">By lower-case name; several values are joined with commas. Without cookies and credentials.</param>
    /// <param name="Body">The JSON when the answer is JSON or XML that was wanted, otherwise a text.</param>
    /// <param name="Base64">The bytes in base64, when they were wanted so.</param>
    /// <param name="File">A file reference, when it was wanted.</param>
    public sealed record Output(
        int Status,
        IReadOnlyDictionary<string, string> Headers,
        JsonElement? Body = null,
        string? Base64 = null,
        FileReference? File = null
    );

    /// <summary>
    /// GET, HEAD, OPTIONS, QUERY, PROPFIND, REPORT and SEARCH read; PUT and DELETE are idempotent, and so is any other method
    /// with an idempotency header. The others are made once.
    /// </summary>
    public override Effect EffectOf(Input input, Effect declared)
    {
        ArgumentNullException.ThrowIfNull(input);
        return RequestMethods.EffectOf(input.Method, input.IdempotencyHeader is not null, declared);
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
        DeclaredFailures.Check(input.Failures);
        var form = AnswerForm.Checked(input.Answer);
        if (form.Store is not null)
            files.Require(form.Store);
        input = await RequestSecrets.RevealAsync(input, secrets, cancellation);
        var call = RequestCall.Of(input, form, task, files, rest.Value, transport.Value);
        return form.Kind == AnswerKind.File
            ? await http.SendAsync(
                call,
                (answer, token) => saved.ReadAsync(call, input, form, answer, token),
                cancellation
            )
            : await http.SendAsync(call, answer => AnswerReader.Read(call, input, form, answer), cancellation);
    }
}
