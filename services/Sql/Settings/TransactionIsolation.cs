namespace Integration.Sql.Settings;

/// <summary>What a transaction sees of others.</summary>
public enum TransactionIsolation
{
    /// <summary>What others have committed before each statement.</summary>
    ReadCommitted,

    /// <summary>What others had committed before its first statement.</summary>
    RepeatableRead,

    /// <summary>As if there were no others.</summary>
    Serializable,
}
