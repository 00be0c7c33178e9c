namespace Integration.Contracts;

/// <summary>The JSON Schemas (2020-12) of the events, as they stand in <c>shared/Contracts/Schemas</c>.</summary>
public static class ContractSchemas
{
    /// <summary>The schema of an event, as JSON text.</summary>
    /// <param name="eventType">One of <see cref="EventTypes.All"/>.</param>
    /// <exception cref="ArgumentException">The contract has no such event.</exception>
    public static string Of(string eventType)
    {
        using var stream =
            typeof(ContractSchemas).Assembly.GetManifestResourceStream($"{eventType}.schema.json")
            ?? throw new ArgumentException(
                $"The contract has no event {eventType}; it has {string.Join(", ", EventTypes.All)}.",
                nameof(eventType)
            );
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
