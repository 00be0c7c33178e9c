using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Integration.Contracts.Tests;

/// <summary>Reads events as every receiver does.</summary>
internal static class EventReader
{
    private static readonly MethodInfo _of = typeof(ContractReading).GetMethod(nameof(ContractReading.Of))!;

    /// <summary>The event.</summary>
    /// <exception cref="JsonException">It cannot be read.</exception>
    public static object? Read(string eventType, string json)
    {
        var writing = ContractEvents.ByType[eventType];
        var reading = (JsonTypeInfo)_of.MakeGenericMethod(writing.Type).Invoke(null, [writing])!;
        return JsonSerializer.Deserialize(json, reading);
    }

    /// <summary>Why the event is not taken; null when it is.</summary>
    public static string? Refusal(string eventType, string json)
    {
        try
        {
            return Read(eventType, json) is { } e ? EventRules.Check(e) : "null";
        }
        catch (JsonException e)
        {
            return $"{e.Path}: {e.Message}";
        }
    }
}
