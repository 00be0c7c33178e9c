namespace Integration.Files.S3;

/// <summary>Where the credentials of a store come from.</summary>
public enum S3CredentialsSource
{
    /// <summary>From AccessKey, SecretKey and SessionToken of the store, or the files that their twins name.</summary>
    Settings,

    /// <summary>From AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.</summary>
    Environment,

    /// <summary>
    /// From the chain that Amazon's tools use: environment, profile, web identity, container, instance. The AWS SDK asks for
    /// them itself, past the egress guard.
    /// </summary>
    Default,

    /// <summary>None: requests are not signed.</summary>
    None,
}
