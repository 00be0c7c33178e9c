namespace Integration.Rest.Request;

/// <summary>What kind of failure an answer is; decides its treatment.</summary>
public enum FailureCategory
{
    /// <summary>The target does not work at the moment. Retried unless said otherwise.</summary>
    Connectivity,

    /// <summary>The target does not let us in. Parked, and operators are alerted.</summary>
    Access,

    /// <summary>What was sent or answered does not fit. Parked.</summary>
    Data,

    /// <summary>Too much, or too often. Parked unless it is said to be retryable: then it is retried slowly.</summary>
    Volumetric,
}
