"""Imports: a staged file is moved, one of a store copied, one from elsewhere fetched."""
from __future__ import annotations

import dataclasses
import functools
import logging
import threading

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.image.drivers.sandbox import base, download
from jumpgate.image.drivers.sandbox.data import with_digests
from jumpgate.image.drivers.sandbox.files import Busy, Files
from jumpgate.image.drivers.sandbox.images import Images
from jumpgate.image.drivers.sandbox.tasks import Tasks
from jumpgate.image.models.images import Image, Status
from jumpgate.image.models.stores import Import
from jumpgate.image.models.tasks import NewTask, Task, TaskStatus, TaskType
from jumpgate.image.upload import Upload
from jumpgate.store.unit_of_work import in_unit, unit_of_work

LOG = logging.getLogger(__name__)

#: Properties of an image that tell how its import goes; empty once it is done.
_IMPORTING = 'os_glance_importing_to_stores'
_FAILED = 'os_glance_failed_import'


class Imports(Images, Tasks):
    """Imports; one that is more than a rename runs in a thread of its own."""

    def import_image(self, context: RequestContext, image_id: str, wish: Import) -> None:
        targets: tuple[str, ...] = wish.stores or (self.default_store,)
        for store in targets:
            if store not in self.files:
                raise errors.Conflict(f'Unknown store {store}.')
        image = self.find_image(context, image_id)
        if wish.method == 'web-download':
            download.check(self.conf, wish.uri or '')
        if wish.method == 'copy-image':
            targets = self._to_copy(image, wish, targets)
            if not targets:
                return
        task = self._begin(context, image_id, wish, targets)
        if wish.method == 'glance-direct' and len(targets) == 1:
            self._run(task, wish, targets)
        else:
            self._start(task, wish, targets)

    def create_task(self, context: RequestContext, new: NewTask) -> Task:
        uri = str(new.input.get('import_from', ''))
        if 'web-download' not in self.conf.image.import_methods:
            raise download.refused(uri)
        download.check(self.conf, uri)
        wish = Import(method='web-download', uri=uri, request=new.input)
        image = self.create_image(context, new.image)
        task = self._begin(context, image.id, wish, (self.default_store,), new.type)
        self._start(task, wish, (self.default_store,))
        return task

    def _start(self, task: Task, wish: Import, targets: tuple[str, ...]) -> None:
        threading.Thread(target=self._run, args=(task, wish, targets), daemon=True).start()

    def _to_copy(self, image: Image, wish: Import, targets: tuple[str, ...]) -> tuple[str, ...]:
        if set(targets) == set(self.files):
            return tuple(store for store in targets if store not in image.stores)
        for store in targets:
            if store in image.stores:
                raise errors.Invalid(f"Image is already present at store '{store}'")
        return targets

    @unit_of_work
    def _begin(self, context: RequestContext, image_id: str, wish: Import,
               targets: tuple[str, ...],
               kind: TaskType = TaskType.API_IMAGE_IMPORT) -> Task:
        """Claim the image for one import."""
        image = self.lock_image(context, image_id)
        _check_state(image, wish.method)
        now = self.now()
        self._save_progress(image, targets, (), stores=image.stores, status=(
            image.status if wish.method == 'copy-image' else Status.IMPORTING))
        return self.begin_task(context, Task(
            id=base.new_id(), type=kind, status=TaskStatus.PROCESSING, created_at=now,
            updated_at=now, image_id=image.id,
            input=wish.request if kind is TaskType.IMPORT else {
                'image_id': image.id, 'import_req': wish.request, 'backend': targets}))

    def _run(self, task: Task, wish: Import, targets: tuple[str, ...]) -> None:
        """Bring the data in; whatever goes wrong is told by the task."""
        assert task.image_id is not None
        try:
            problem = self._bring_in(task.image_id, wish, targets)
        except Exception as error:
            if not isinstance(error, errors.Error):
                LOG.exception('The import of image %s failed.', task.image_id)
            self._undo(task.image_id, wish, targets)
            problem = str(error) or type(error).__name__
        in_unit(self.store, lambda: self.end_task(task, problem))

    def _bring_in(self, image_id: str, wish: Import, targets: tuple[str, ...]) -> str | None:
        """Put the data into all stores; returns what went wrong, if it spoils the import."""
        if wish.method == 'web-download':
            self._fetch(image_id, wish.uri or '')
        image = self.images.get(image_id)
        if image is None:
            return f'Image {image_id} was deleted.'
        is_copy = wish.method == 'copy-image'
        source = self.files[image.stores[0]] if is_copy else self.staging
        done: list[str] = []
        failed: list[str] = []
        for at, store in enumerate(targets):
            last = not is_copy and at == len(targets) - 1
            (done if self._put(image_id, source, store, move=last) else failed).append(store)
            left = targets[at + 1:]
            in_unit(self.store, functools.partial(self._note, image_id, left, failed, done))
        if failed and (wish.must_all_succeed or not done):
            self._undo(image_id, wish, tuple(done))
            return f'The import into {", ".join(failed)} failed.'
        self.staging.delete(image_id)
        return None

    def _put(self, image_id: str, source: Files, store: str, *, move: bool) -> bool:
        try:
            (source.move if move else source.copy)(image_id, self.files[store])
        except (OSError, Busy, errors.Error):
            LOG.exception('The data of image %s did not get into store %s.', image_id, store)
            return False
        return True

    def _note(self, image_id: str, left: tuple[str, ...], failed: list[str],
              done: list[str]) -> None:
        """Keep how far an import is; at its end the image is active, unless all failed."""
        image = self.images.get(image_id)
        if image is None:
            for store in done:
                self.files[store].delete(image_id)
            return
        is_ready = not left and done and image.staged is not None
        if is_ready:
            assert image.staged is not None
            image = with_digests(image, image.staged)
        stores = tuple(name for name in self.files if name in image.stores or name in done)
        self._save_progress(image, left, tuple(failed), stores,
                            Status.ACTIVE if is_ready else image.status)

    def _undo(self, image_id: str, wish: Import, targets: tuple[str, ...]) -> None:
        """Leave no trace of an import but which stores failed."""
        for store in targets:
            self.files[store].delete(image_id)
        self.staging.delete(image_id)

        def undo() -> None:
            image = self.images.get(image_id)
            if image is None:
                return
            kept = tuple(store for store in image.stores if store not in targets)
            status = Status.ACTIVE if wish.method == 'copy-image' else Status.QUEUED
            if status is Status.QUEUED:
                image = dataclasses.replace(
                    image, size=None, virtual_size=None, staged=None, checksum=None,
                    os_hash_algo=None, os_hash_value=None)
            self._save_progress(image, (), tuple(targets), kept, status)
        in_unit(self.store, undo)

    def _save_progress(self, image: Image, left: tuple[str, ...], failed: tuple[str, ...],
                       stores: tuple[str, ...], status: Status) -> None:
        told = {**image.properties, _IMPORTING: ','.join(left), _FAILED: ','.join(failed)}
        self.save(image, dataclasses.replace(
            image, properties=told, stores=stores, status=status, updated_at=self.now()))

    def _fetch(self, image_id: str, uri: str) -> None:
        """Bring data from elsewhere into the staging area."""
        image = self.images.get(image_id)
        if image is None:
            return
        with self.staging.incoming(image_id) as incoming, download.opened(self.conf, uri) as source:
            upload = Upload(source, source.length, limit=self.conf.image.size_limit)
            incoming.write_all(upload)
            digests = upload.digests()
            incoming.keep()

        def note() -> None:
            found = self.images.get(image_id)
            if found is not None:
                self.images.update(dataclasses.replace(
                    found, size=digests.size, staged=digests, updated_at=self.now()))
        in_unit(self.store, note)


def _check_state(image: Image, method: str) -> None:
    """:raises Conflict: if the image's state does not fit the method"""
    if method == 'copy-image':
        if image.status is not Status.ACTIVE:
            raise errors.Conflict('Only images with status active can be targeted for copying')
    elif image.status is Status.ACTIVE:
        raise errors.Conflict('Image with status active cannot be target for import')
    elif method == 'glance-direct':
        if image.status is not Status.UPLOADING or image.staged is None:
            raise errors.Conflict("Image needs to be staged before 'glance-direct' method can be "
                                  'used')
    elif image.status is not Status.QUEUED:
        raise errors.Conflict(f"Image needs to be in 'queued' state to use '{method}' method")
    for name in ('container_format', 'disk_format'):
        if not getattr(image, name):
            raise errors.Conflict(f"'{name}' needs to be set before import")
    if image.properties.get(_IMPORTING):
        raise errors.Conflict(f"New operation on image '{image.id}' is not permitted as prior "
                              'operation is still in progress')
