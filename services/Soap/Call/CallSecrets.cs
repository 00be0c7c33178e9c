using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Egress;

namespace Integration.Soap.Call;

/// <summary>Puts secrets into headers and token, for the host that they are about to be sent to.</summary>
internal sealed class CallSecrets(Secrets secrets, Uri target)
{
    public async ValueTask<CallInput> RevealAsync(CallInput input, CancellationToken cancellation) =>
        input with
        {
            Headers = await RevealAsync(input.Headers, "headers", cancellation),
            HttpHeaders = await RevealAsync(input.HttpHeaders, cancellation),
            UserNameToken = await RevealAsync(input.UserNameToken, cancellation),
        };

    private async ValueTask<TaskToken?> RevealAsync(TaskToken? token, CancellationToken cancellation) =>
        token is null
            ? null
            : token with
            {
                UserName = await RevealAsync(token.UserName, "userNameToken.userName", cancellation),
                Password = await RevealAsync(token.Password, "userNameToken.password", cancellation),
            };

    private async ValueTask<IReadOnlyDictionary<string, string>?> RevealAsync(
        IReadOnlyDictionary<string, string>? headers,
        CancellationToken cancellation
    )
    {
        if (headers?.Values.Any(Secrets.AreIn) != true)
            return headers;
        var revealed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in headers)
            revealed[name] = await RevealAsync(value, $"httpHeaders.{name}", cancellation);
        return revealed;
    }

    private async ValueTask<JsonElement?> RevealAsync(JsonElement? value, string field, CancellationToken cancellation)
    {
        if (value is not { } json || !Secrets.AreIn(json.GetRawText()))
            return value;
        return JsonSerializer.SerializeToElement(
            await RevealAsync(JsonSerializer.SerializeToNode(json), field, cancellation)
        );
    }

    private async ValueTask<JsonNode?> RevealAsync(JsonNode? node, string field, CancellationToken cancellation)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members.ToList())
                    members[name] = await RevealAsync(member?.DeepClone(), $"{field}.{name}", cancellation);
                return members;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    items[i] = await RevealAsync(items[i]?.DeepClone(), $"{field}[{i}]", cancellation);
                return items;
            case JsonValue value when value.TryGetValue<string>(out var text):
                return JsonValue.Create(await RevealAsync(text, field, cancellation));
            default:
                return node;
        }
    }

    private ValueTask<string> RevealAsync(string text, string field, CancellationToken cancellation) =>
        secrets.RevealAsync(text, target.Host, target.Port, field, cancellation);
}
