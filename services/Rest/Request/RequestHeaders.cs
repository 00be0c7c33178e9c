using System.Text.Json;
using Integration.Errors;
using Integration.Http;
using Integration.Sdk;

namespace Integration.Rest.Request;

/// <summary>The headers of a request: what the task says, the idempotency key, and two defaults.</summary>
internal static class RequestHeaders
{
    public static Dictionary<string, string> Of(RequestOperation.Input input, AnswerForm form, TaskContext task)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in input.Headers ?? new Dictionary<string, JsonElement>())
        {
            if (value.ValueKind == JsonValueKind.Null)
                continue;
            var field = $"headers.{name}";
            CheckName(name, field);
            if (!headers.TryAdd(name, Value(Scalar.Text(value, field), field)))
                throw InvalidInput.At(field, "is there twice: case makes no difference in the names of headers.");
        }

        if (input.IdempotencyHeader is { } key)
        {
            CheckName(key, "idempotencyHeader");
            if (!headers.TryAdd(key, Value(task.IdempotencyKey, "idempotencyHeader carries the task id, which")))
                throw InvalidInput.At(
                    $"headers.{key}",
                    "is the idempotency header, which the service sets itself. Remove it."
                );
        }

        headers.TryAdd("Accept", Accepted(form.Kind));
        headers.TryAdd("User-Agent", "integration-rest");
        return headers;
    }

    private static string Accepted(AnswerKind kind) =>
        kind switch
        {
            AnswerKind.Xml => "application/xml, text/xml;q=0.9, */*;q=0.5",
            AnswerKind.Base64 or AnswerKind.File => "*/*",
            _ => "application/json, */*;q=0.5",
        };

    private static void CheckName(string name, string field)
    {
        if (!HeaderNames.IsName(name))
            throw InvalidInput.At(field, "is no name of a header: letters, digits and !#$%&'*+-.^_`|~ only.");
        if (HeaderNames.IsOurs(name))
            throw InvalidInput.At(field, "is set by the service itself. Remove it.");
    }

    private static string Value(string text, string field)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
            throw InvalidInput.At(field, "must be plain ASCII without line breaks. Encode it, e.g. as base64.");
        return text.Trim();
    }
}
