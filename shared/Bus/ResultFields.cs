using System.Text.Json;
using Integration.Contracts;

namespace Integration.Bus;

/// <summary>Which of the fields that distinguish results a body has. Its values are skipped, and nothing of it is kept.</summary>
internal readonly record struct ResultFields(bool TaskId, bool RequestId, bool Outputs, bool Error, bool Category)
{
    /// <summary>Null when the body is no JSON object.</summary>
    public static ResultFields? Of(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? Read(ref reader) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>One of <see cref="EventTypes"/>; null when the fields are those of none, or of several.</summary>
    /// <param name="ofRetry">
    /// Whether it is about a task that was sent again. An incident and a failure look the same, and only one of them is the end: incidents
    /// are never of a retry.
    /// </param>
    public string? Kind(bool ofRetry)
    {
        var ofInstance = RequestId && !TaskId;
        if (Outputs)
            return ofInstance ? EventTypes.InstanceCompleted : EventTypes.TaskCompleted;
        if (!Error)
            return null;
        if (ofInstance)
            return EventTypes.InstanceFailed;
        if (!Category)
            return EventTypes.TaskRejected;
        return ofRetry ? EventTypes.TaskFailed : null;
    }

    private static ResultFields Read(ref Utf8JsonReader reader)
    {
        var found = default(ResultFields);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Name(ref reader);
            reader.Read();
            found = name switch
            {
                "taskId" => found with { TaskId = true },
                "requestId" => found with { RequestId = true },
                "outputs" => found with { Outputs = true },
                "error" when reader.TokenType == JsonTokenType.StartObject => found with
                {
                    Error = true,
                    Category = HasCategory(ref reader),
                },
                _ => found,
            };
            reader.Skip();
        }

        // Throws when there is more than one value.
        reader.Read();
        return found;
    }

    private static bool HasCategory(ref Utf8JsonReader reader)
    {
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            found |= Name(ref reader) == "category";
            reader.Read();
            reader.Skip();
        }

        return found;
    }

    /// <summary>Null for one that is none of ours: half of a character cannot even be made a text.</summary>
    private static string? Name(ref Utf8JsonReader reader)
    {
        const int Longest = 16;
        if (!reader.ValueIsEscaped && reader.ValueSpan.Length > Longest)
            return null;
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
