namespace Integration.S3.Presign;

/// <summary>What a presigned address is for.</summary>
public enum PresignMethod
{
    /// <summary>Fetching the object.</summary>
    Get,

    /// <summary>Storing the object.</summary>
    Put,
}
