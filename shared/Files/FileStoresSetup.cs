using Integration.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Integration.Files;

/// <summary>Content by reference for a service.</summary>
public static class FileStoresSetup
{
    /// <summary>Registers <see cref="IFileStores"/> with its settings <c>Files</c> and the kind <c>Folder</c>.</summary>
    public static WebApplicationBuilder AddFiles(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(IFileStores)))
            return builder;
        builder.AddSettings<FilesOptions>(FilesOptions.Section);
        services.AddSingleton<IValidateOptions<FilesOptions>, FilesValidation>();
        services.AddSingleton<IFileStores, FileStores>();
        return builder.AddFileStoreKind<FolderKind>();
    }

    /// <summary>Registers a further kind of store, once.</summary>
    public static WebApplicationBuilder AddFileStoreKind<T>(this WebApplicationBuilder builder)
        where T : class, IFileStoreKind
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IFileStoreKind, T>());
        return builder;
    }
}
