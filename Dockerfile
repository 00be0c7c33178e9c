# Every service as an image:
#   docker compose build                                              all of them, in the time of one
#   docker build --build-arg SERVICE=Rest --tag integration-rest .    one of them
# SERVICE is the name of a folder in services/. RUNTIME may be a smaller image, e.g. mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra:
# nothing in the image needs a shell or another user.
ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json .editorconfig Directory.Build.props Directory.Build.targets Directory.Packages.props ./
COPY shared/ shared/
COPY services/ services/
# Standalone has them built in.
COPY docs/samples/ docs/samples/
ENV NUGET_PACKAGES=/packages
# Nothing here depends on SERVICE: builds of several images share this stage, and what the services have in common is restored and
# compiled once. One build at a time has the packages, because NuGet's own locks do not reach from one container into another.
# Published under one name whatever the service, so that entry point and health check need no shell; for this machine's kind only, because
# native libraries of the others are two thirds of the size.
RUN --mount=type=cache,target=/packages,sharing=locked \
    set -eu; \
    for project in services/*/Integration.*.csproj; do \
        service=$(basename "$(dirname "$project")"); \
        dotnet publish "$project" --configuration Release --use-current-runtime --self-contained false --output "/published/$service"; \
        mv "/published/$service/Integration.$service" "/published/$service/service"; \
    done; \
    mkdir /data

FROM ${RUNTIME}
# The name is what a build without one is refused with.
ARG SERVICE=pass--build-arg-SERVICE=a-folder-in-services
WORKDIR /service
COPY --from=build /published/${SERVICE} ./
# SQLite's default folder: the one place that the service may write to.
COPY --from=build --chown=$APP_UID:$APP_UID /data ./data
VOLUME /service/data
USER $APP_UID
# Inside of a container all interfaces are the container's own; what is published decides who reaches it. Under which names it is
# called besides localhost is set with Api__Hosts.
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["/service/service", "--health-check"]
ENTRYPOINT ["/service/service"]
