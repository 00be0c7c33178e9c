namespace Integration.ErrorTreatment.Intake;

/// <summary>The operation in the routing key of a task.</summary>
internal static class OperationKey
{
    /// <summary><c>rest.request</c> of <c>rest.request.v1</c>; the whole key when it has no version.</summary>
    public static string Of(string routingKey)
    {
        var end = routingKey.LastIndexOf(".v", StringComparison.Ordinal);
        return end > 0 && int.TryParse(routingKey.AsSpan(end + 2), out _) ? routingKey[..end] : routingKey;
    }
}
